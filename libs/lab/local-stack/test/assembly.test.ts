import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { findFunction } from '../src/assembly/read-assembly.ts';
import { readAssembly } from '../src/stack/read-stacks.ts';

const fixture = fileURLToPath(new URL('fixtures/assembly', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'local-lambda-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('reading an assembly', () => {
  it('gives each function as its template has it, under the name of its construct', async () => {
    const assembly = await readAssembly(fixture);
    expect(findFunction(assembly, 'promises')).toEqual({
      name: 'promises',
      logicalId: 'promisesFunction76BB2E69',
      codeFolder: path.join(fixture, 'asset.promises'),
      handler: 'handler.handler',
      runtime: 'nodejs24.x',
      architecture: 'arm64',
      memoryMb: 3008,
      timeoutSeconds: 30,
      constructPath: 'ParallelLambda/promises/Function',
      environment: {
        WORKERS: '50',
        QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/promises-Queue',
      },
      logFormat: 'JSON',
      logLevel: 'DEBUG',
      notes: [],
    });
  });

  it("takes Lambda's own defaults for what the template leaves out, and notes what has no effect here", async () => {
    expect(findFunction(await readAssembly(fixture), 'plain')).toEqual({
      name: 'plain',
      logicalId: 'plainFunction1',
      constructPath: 'ParallelLambda/plain/Function',
      codeFolder: path.join(fixture, 'asset.promises'),
      handler: 'handler.handler',
      runtime: 'nodejs18.x',
      architecture: 'x86_64',
      memoryMb: 128,
      timeoutSeconds: 3,
      environment: {},
      logFormat: 'Text',
      notes: [
        `it is meant for nodejs18.x and runs on Node.js ${process.versions.node.split('.')[0] ?? ''} here`,
        'its layer arn:of:a:layer is not loaded. To load it, pass --layer arn:of:a:layer=FOLDER, or a zip file instead of the folder (aws lambda get-layer-version-by-arn --arn arn:of:a:layer prints where its zip file is)',
      ],
    });
  });

  it('names the functions of one construct by their logical ids', async () => {
    const { functions } = await readAssembly(fixture);
    expect(functions.map(({ name }) => name)).toEqual([
      'promises',
      'plain',
      'twinsFirst',
      'twinsSecond',
      'inline',
    ]);
  });

  it('omits functions that cannot run here, with the reason', async () => {
    const { skipped } = await readAssembly(fixture);
    expect(skipped.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'python: it runs on python3.13, not on Node.js',
      'image: it is an image, which is not run here. To run its code, pass the folder to invoke, check or tune',
      `gone: its code is neither a folder nor a zip file: ${path.join(fixture, 'asset.gone')}. Run cdk synth, sam build or your build step`,
      'late: its MemorySize must be a number, not "Memory"',
    ]);
  });

  it('lists the functions when an unknown one is requested', async () => {
    const assembly = await readAssembly(fixture);
    expect(() => findFunction(assembly, 'promise')).toThrow(
      'Cannot find the function "promise". Available functions: promises, plain, twinsFirst, twinsSecond, inline',
    );
    expect(() => findFunction(assembly, 'python')).toThrow(
      'python cannot run here: it runs on python3.13, not on Node.js',
    );
  });

  it('explains what to do without an assembly', async () => {
    const missing = path.join(folder, 'cdk.out');
    await expect(readAssembly(missing)).rejects.toMatchObject({
      code: 'failure',
      message: `There is no CDK assembly (manifest.json) and no SAM template (template.yaml) in ${missing}. Run cdk synth or sam build first.`,
    });
  });

  it.for(['{', '[', 'null', '1'])('explains what to do when it cannot be read: %s', async (manifest) => {
    await writeFile(path.join(folder, 'manifest.json'), manifest);
    await expect(readAssembly(folder)).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining(path.join(folder, 'manifest.json')) as string,
    });
  });

  it('explains what to do when a template is missing', async () => {
    const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'gone.json' } };
    await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({ artifacts: { stack } }));
    await expect(readAssembly(folder)).rejects.toThrow(`${path.join(folder, 'gone.json')} cannot be read`);
  });

  it('finds no function in an assembly without stacks', async () => {
    await writeFile(path.join(folder, 'manifest.json'), '{"version":"55.0.0"}');
    await mkdir(path.join(folder, 'asset.x'));
    const assembly = await readAssembly(folder);
    expect(assembly).toEqual({ folder, functions: [], skipped: [] });
    expect(() => findFunction(assembly, 'promises')).toThrow(
      'Cannot find the function "promises". Available functions: none',
    );
  });
});
