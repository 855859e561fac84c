import { execFileSync } from 'node:child_process';

import { expect, it } from 'vitest';

const inThread = `
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  const { heap_size_limit } = process.getBuiltinModule('node:v8').getHeapStatistics();
  parentPort.postMessage({ maxMb: heap_size_limit / 2 ** 20, gc: typeof gc });`;
const program = `
  await import(${JSON.stringify(new URL('../src/host/v8-flags.ts', import.meta.url).href)});
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  new Worker(${JSON.stringify(inThread)}, { eval: true }).on('message', (heap) => console.log(JSON.stringify(heap)));`;

/** Returns the heap of a thread in a process with these flags. */
function heapOfThread(flags: readonly string[]): unknown {
  const args = ['--max-old-space-size=300', ...flags, '--input-type=module', '--eval', program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

// The old generation, and three times the size of a semi-space for the young generation.
it.each([
  { lambda: ['--expose-gc', '--max-semi-space-size=176'], maxMb: 348 },
  // V8 rounds to a power of two.
  { lambda: ['--expose-gc', '--max-semi-space-size=6'], maxMb: 324 },
  { lambda: [], maxMb: 348 },
])('a thread of a process with $lambda has a heap of at most $maxMb MB, and no gc()', (row) => {
  expect(heapOfThread(row.lambda)).toEqual({ maxMb: row.maxMb, gc: 'undefined' });
});
