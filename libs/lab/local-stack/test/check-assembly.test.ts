import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkAssembly } from '../src/assembly/check-assembly.ts';

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'local-lambda-'));
  await write('apps/promises/src/handler.ts', 'the handler');
  await write('apps/promises/dist/handler.js', 'the built handler');
  await write('libs/batch/src/index.ts', 'a library');
  await write('libs/workload/src/index.ts', 'another library');
  await write('apps/lab/src/main.ts', 'no function');
  await writeInputs('apps/promises/dist.inputs.json', [
    'apps/promises/src/handler.ts',
    'libs/batch/src/index.ts',
    'libs/workload/src/index.ts',
  ]);
  await writeInputs('infra/cdk.out.inputs.json', ['apps/promises/dist/handler.js']);
});

afterEach(async () => {
  await rm(workspace, { recursive: true });
});

describe('checking an assembly', () => {
  it('has no findings without changes', async () => {
    await expect(checkAssembly(workspace)).resolves.toBeUndefined();
  });

  it('finds a function that was never built', async () => {
    await rm(path.join(workspace, 'apps/promises/dist.inputs.json'));
    await expectStale('promises is not built: run npx nx synth infra');
  });

  it('reports that the app is not synthesized', async () => {
    await rm(path.join(workspace, 'infra'), { recursive: true });
    await expectStale('The assembly is not synthesized: run npx nx synth infra');
  });

  it('finds a source that changed', async () => {
    await write('libs/batch/src/index.ts', 'a better library');
    await expectStale(
      'promises is stale: libs/batch/src/index.ts changed since it was built; run npx nx synth infra',
    );
  });

  it('finds sources that were removed', async () => {
    await rm(path.join(workspace, 'libs'), { recursive: true });
    await expectStale(
      'promises is stale: libs/batch/src/index.ts was removed since it was built (and 1 more); run npx nx synth infra',
    );
  });

  it('finds a build that was not synthesized', async () => {
    await write('apps/promises/dist/handler.js', 'another build');
    await expectStale(
      'The assembly is stale: apps/promises/dist/handler.js changed since it was synthesized; run npx nx synth infra',
    );
  });

  it('finds a record that cannot be read', async () => {
    await write('infra/cdk.out.inputs.json', '{');
    await expectStale(
      `${path.join(workspace, 'infra/cdk.out.inputs.json')} cannot be read: run npx nx synth infra`,
    );
  });
});

async function expectStale(message: string): Promise<void> {
  await expect(checkAssembly(workspace)).rejects.toMatchObject({ code: 'failure', message });
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.join(workspace, path.dirname(file)), { recursive: true });
  await writeFile(path.join(workspace, file), content);
}

/** Records the files as they are now. */
async function writeInputs(record: string, inputs: readonly string[]): Promise<void> {
  const hashes = inputs.map(
    async (file) => [file, sha256(await readFile(path.join(workspace, file)))] as const,
  );
  await write(record, JSON.stringify(Object.fromEntries(await Promise.all(hashes))));
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
