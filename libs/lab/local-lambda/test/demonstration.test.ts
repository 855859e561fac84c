import { readFileSync } from 'node:fs';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { LocalFunction, type InvocationResult } from '../src/index.ts';
import { definition } from './definition.ts';
import { closedGate, type Gate } from './gate.ts';

/** The handlers that the documentation shows, each in a block that begins with its name. */
const document = readFileSync(new URL('../../../../docs/local-lambda.md', import.meta.url), 'utf8');

/** A handler of the documentation, and a gate at `/database` and one at `/warehouse`. */
async function documented(
  file: string,
  strict = false,
): Promise<{ function: LocalFunction; gate: Gate } & AsyncDisposable> {
  const code = new RegExp(`^\`\`\`js\\n(// ${file}\\n.*?)^\`\`\`$`, 'ms').exec(document)?.[1];
  expect(code, `the block ${file} of the documentation`).toBeDefined();
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await mkdtempDisposable(path.join(tmpdir(), 'local-lambda-')));
  await writeFile(path.join(folder.path, file), code ?? '');
  const gate = resources.use(await closedGate());
  const environment = { DATABASE: `${gate.url}/database`, WAREHOUSE: `${gate.url}/warehouse` };
  const handler = file.replace('.mjs', '.handler');
  const local = resources.use(
    new LocalFunction(definition('', handler, { codeFolder: folder.path, environment }), { strict }),
  );
  const kept = resources.move();
  return { function: local, gate, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

const logged = ({ log }: InvocationResult): string[] =>
  [...log.matchAll(/\tINFO\t(.*)$/gm)].map(([, text = '']) => text);

it('the handler of the documentation that leaks does its work in the wrong invocation', async () => {
  await using before = await documented('before.mjs');
  before.gate.open('/database/orders/1');
  expect(logged(await before.function.invoke({ id: 1 }))).toEqual([]);
  before.gate.open('/warehouse/orders/1');
  const onLog = (entry: string): void => {
    if (entry.includes('warehouse')) before.gate.open('/database/orders/2');
  };
  expect(logged(await before.function.invoke({ id: 2 }, { onLog }))).toEqual(['the warehouse has order 1']);
});

it('the handler of the documentation that leaks is reported, with the line', async () => {
  await using before = await documented('before.mjs', true);
  before.gate.open('/database/orders/1');
  const { leaks } = await before.function.invoke({ id: 1 });
  expect(leaks).toEqual([
    {
      what: `a request: PUT ${before.gate.url}/warehouse/orders/1`,
      where: expect.stringMatching(/^notifyWarehouse \(.*\/before\.mjs:11:9\)$/) as unknown,
      count: 1,
    },
  ]);
});

it('the corrected handler of the documentation leaves nothing', async () => {
  await using after = await documented('after.mjs', true);
  after.gate.open();
  for (const id of [1, 2]) {
    const result = await after.function.invoke({ id });
    expect(logged(result)).toEqual([`the warehouse has order ${id}`]);
    expect(result.leaks).toEqual([]);
  }
});
