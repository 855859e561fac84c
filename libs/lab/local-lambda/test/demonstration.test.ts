import { readFileSync } from 'node:fs';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';

/** The handlers that the documentation shows, each in a block that begins with its name. */
const document = readFileSync(new URL('../../../../docs/local-lambda.md', import.meta.url), 'utf8');

async function demonstrate(file: string, strict: boolean): Promise<{ logs: string[]; leaks: unknown }> {
  const code = new RegExp(`^\`\`\`js\\n(// ${file}\\n.*?)^\`\`\`$`, 'ms').exec(document)?.[1];
  expect(code, `the block ${file} of the documentation`).toBeDefined();
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'local-lambda-'));
  await writeFile(path.join(folder.path, file), code ?? '');
  const handler = file.replace('.mjs', '.handler');
  await using local = new LocalFunction(definition('', handler, { codeFolder: folder.path }), { strict });
  const results = [await local.invoke({ id: 1 }), await local.invoke({ id: 2 })];
  const logs = results.map(({ log }) => [...log.matchAll(/\tINFO\t(.*)$/gm)].map(([, text]) => text).join());
  const leaks = results[0]?.leaks?.map(
    ({ what, where }) => `${what} ${where?.replace(folder.path, '') ?? ''}`,
  );
  return { logs, leaks };
}

it('the handler of the documentation that leaks does its work in the wrong invocation', async () => {
  const { logs } = await demonstrate('before.mjs', false);
  expect(logs).toEqual(['', 'the warehouse knows of order 1']);
});

it('the handler of the documentation that leaks is found out, and the line is named', async () => {
  const { leaks } = await demonstrate('before.mjs', true);
  expect(leaks).toEqual(['a timer of 150 ms /before.mjs:11:34']);
});

it('the handler of the documentation that was mended leaves nothing', async () => {
  const { logs, leaks } = await demonstrate('after.mjs', true);
  expect(logs).toEqual(['the warehouse knows of order 1', 'the warehouse knows of order 2']);
  expect(leaks).toEqual([]);
});
