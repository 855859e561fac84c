import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'local-lambda-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("a function that is to run on AWS's runtime client", () => {
  const start = (): LocalFunction =>
    new LocalFunction(definition('handlers', 'handlers.echo'), { runtime: 'aws', ricFolder: folder });

  it('explains how to install the client if it is incomplete', async () => {
    const code = expect.objectContaining({ code: 'runtime' }) as Error;
    expect(start).toThrow(code);
    await writeFile(path.join(folder, 'index.mjs'), '');
    expect(start).toThrow(code);
    expect(start).toThrow(
      `AWS's runtime client in ${folder} is not built: npm install --no-save aws-lambda-ric@4.0.2 (on Linux, with cmake, make and g++)`,
    );
  });

  it('uses the client in the given folder', async () => {
    await writeFile(path.join(folder, 'rapid-client.node'), '');
    await writeFile(path.join(folder, 'index.mjs'), 'process.exit(42);');
    await using local = start();
    expect(await local.invoke({})).toMatchObject({
      error: { errorMessage: expect.stringContaining('exit status 42') as unknown },
    });
  });
});
