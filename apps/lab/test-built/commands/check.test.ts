import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

import { builtFunctions } from '../built-functions.ts';

interface Finding {
  readonly name: string;
  readonly passed: boolean | null;
}

const main = path.resolve(import.meta.dirname, '../../src/main.ts');
/** The fixtures as they would be deployed: a function sees no dependency outside of its folder. */
const fixtures = await mkdtemp(path.join(tmpdir(), 'check-'));

await build({
  entryPoints: globSync(path.join(import.meta.dirname, '../fixtures/check/*.mjs')),
  outdir: fixtures,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
});

afterAll(async () => {
  await rm(fixtures, { recursive: true });
});

// They wait more than they work.
describe.concurrent('lab check', { timeout: 240_000 }, () => {
  it.each(builtFunctions.map(({ name, codeFolder, handler }) => [name, codeFolder, handler] as const))(
    'finds nothing wrong with %s',
    async (_, codeFolder, handler) => {
      const { code, stdout } = await lab(
        'check',
        codeFolder,
        '--handler',
        handler,
        '--json',
        '--memory',
        '3538',
      );
      expect(failed(stdout)).toEqual([]);
      expect(code).toBe(0);
    },
  );

  it.each([
    [
      'by-hand',
      [
        'fails only the message that hangs, not the batch',
        'keeps the order within a FIFO group',
        'processes FIFO groups in parallel',
        'stops a FIFO group at its first failure',
      ],
    ],
    [
      'powertools',
      [
        'limits the messages in flight',
        'fails only the message that hangs, not the batch',
        'keeps the order within a FIFO group',
        'processes FIFO groups in parallel',
        'stops a FIFO group at its first failure',
      ],
    ],
    [
      'hasty',
      [
        'limits the messages in flight',
        'reports exactly the failed messages',
        'reports a message whose body it cannot read',
        'leaves no work running after its response',
        'fails only the message that hangs, not the batch',
        'keeps the order within a FIFO group',
        'processes FIFO groups in parallel',
        'stops a FIFO group at its first failure',
        'rejects an event that is not a batch',
        'reports a duplicate message that failed',
        'processes a batch of 1,000 messages',
        'processes the next batch correctly after a hang',
        'leaves no timer, request, socket or thread active',
      ],
    ],
    [
      'p-map',
      [
        'fails only the message that hangs, not the batch',
        'keeps the order within a FIFO group',
        'processes FIFO groups in parallel',
        'stops a FIFO group at its first failure',
      ],
    ],
  ])('finds what %s does not keep', async (name, broken) => {
    const { code, stdout } = await lab('check', fixtures, '--handler', `${name}.handler`, '--json');
    expect(failed(stdout)).toEqual(broken);
    expect(code).toBe(1);
  });

  it.each([
    ['module-scope', 'processes the next batch correctly after a hang'],
    ['unawaited', 'processes the next batch correctly while earlier work fails'],
  ])('finds what a batch of %s leaves to the next', async (name, expected) => {
    const { stdout } = await lab(
      'check',
      fixtures,
      '--handler',
      `${name}.handler`,
      '--only',
      'batch',
      '--json',
    );
    expect(failed(stdout).filter((check) => check.includes('next batch'))).toContain(expected);
  });

  it('does not take a batch that timed out for bounded', async () => {
    const args = ['--handler', 'by-hand.handler', '--only', 'batch', '--messages', '4000'];
    const { stdout } = await lab('check', fixtures, ...args, '--json');
    const finding = (JSON.parse(stdout) as Finding[]).find(
      ({ name }) => name === 'limits the messages in flight',
    );
    expect(finding).toMatchObject({
      passed: null,
      seen: expect.stringContaining('at most 4 of 4000') as string,
    });
  });

  it('finds what is lost, and what is left running', async () => {
    const args = ['--handler', 'forgetful.handler', '--only', 'leaks', 'chaos', '--messages', '60', '--json'];
    const { code, stdout } = await lab('check', fixtures, ...args);
    expect(failed(stdout)).toEqual([
      'leaves no timer, request, socket or thread active',
      'loses no message while environments are killed',
    ]);
    expect(code).toBe(1);
  });

  it('finds nothing wrong with the example of docs/checking.md but what it says', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'check-'));
    const document = await readFile(
      path.resolve(import.meta.dirname, '../../../../docs/checking.md'),
      'utf8',
    );
    const example = /^```js\n(.*?)^```$/ms.exec(document)?.[1] ?? '';
    await writeFile(path.join(folder, 'index.mjs'), example);
    const { code, stdout } = await lab('check', folder, '--json');
    await rm(folder, { recursive: true });
    expect(failed(stdout)).toEqual([
      'keeps the order within a FIFO group',
      'processes FIFO groups in parallel',
      'stops a FIFO group at its first failure',
    ]);
    expect(code).toBe(1);
  });

  it('says which sections there are when asked for another', async () => {
    const { code, stderr } = await lab('check', fixtures, '--only', 'everything');
    expect(stderr).toContain('batch, leaks, chaos');
    expect(code).toBe(2);
  });

  it('refuses a folder in which there is no handler', async () => {
    const { code, stderr } = await lab('check', fixtures);
    expect(stderr).toContain('name the handler by --handler');
    expect(code).toBe(2);
  });
});

function failed(scorecard: string): readonly string[] {
  return (JSON.parse(scorecard) as Finding[]).filter(({ passed }) => !passed).map(({ name }) => name);
}

function lab(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
