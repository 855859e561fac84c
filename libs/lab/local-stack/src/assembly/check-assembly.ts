import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';

import { readJsonObject } from './read-json-object.ts';

const remedy = 'run npx nx synth infra';

/**
 * Checks whether the assembly is up to date with its sources: by `infra/cdk.out.inputs.json` and each
 * function's `dist.inputs.json`, which hold the SHA-256 of every file that went in.
 *
 * @param workspace the folder that holds `apps` and `infra`
 * @throws {LabError} `failure`, with a sentence that names the missing or stale files and the fix
 */
export async function checkAssembly(workspace: string): Promise<void> {
  const functions = globSync('apps/*/src/handler.ts', { cwd: workspace }).map(
    (file) => file.split(path.sep)[1] ?? '',
  );
  for (const name of functions.sort()) {
    await check(workspace, name, `apps/${name}/dist.inputs.json`, 'built');
  }
  await check(workspace, 'The assembly', 'infra/cdk.out.inputs.json', 'synthesized');
}

async function check(workspace: string, what: string, record: string, made: string): Promise<void> {
  const inputs = await readInputs(path.join(workspace, record), `${what} is not ${made}: ${remedy}`);
  const changes = await Promise.all(
    Object.entries(inputs).map(async ([file, hash]) => {
      const now = await sha256(path.join(workspace, file));
      if (now === hash) return [];
      return [`${file} ${now === undefined ? 'was removed' : 'changed'} since it was ${made}`];
    }),
  );
  const [first, ...more] = changes.flat();
  if (first === undefined) return;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  throw new LabError('failure', `${what} is stale: ${first}${others}; ${remedy}`);
}

async function readInputs(file: string, sentence: string): Promise<Record<string, unknown>> {
  if (!existsSync(file)) throw new LabError('failure', sentence);
  try {
    return await readJsonObject(file);
  } catch (cause) {
    throw new LabError('failure', `${file} cannot be read: ${remedy}`, { cause });
  }
}

async function sha256(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
