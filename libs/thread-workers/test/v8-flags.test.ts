import { execFileSync } from 'node:child_process';

import { expect, it } from 'vitest';

const inThread = `
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  const { heap_size_limit } = process.getBuiltinModule('node:v8').getHeapStatistics();
  parentPort.postMessage({ mostMb: heap_size_limit / 2 ** 20, gc: typeof gc });`;
const program = `
  await import(${JSON.stringify(new URL('../src/host/v8-flags.ts', import.meta.url).href)});
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  new Worker(${JSON.stringify(inThread)}, { eval: true }).on('message', (heap) => console.log(JSON.stringify(heap)));`;

/** What a thread of a process that was started with these flags has for a heap. */
function heapOfThread(flags: readonly string[]): unknown {
  const args = ['--max-old-space-size=300', ...flags, '--input-type=module', '--eval', program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

// The old generation and, for what is young, three times the size of a semi-space.
it.each([
  { lambda: ['--expose-gc', '--max-semi-space-size=176'], mostMb: 348 },
  // V8 rounds to a power of two.
  { lambda: ['--expose-gc', '--max-semi-space-size=6'], mostMb: 324 },
  { lambda: [], mostMb: 348 },
])('a thread of a process with $lambda has a heap of $mostMb MB at most, and no gc()', (row) => {
  expect(heapOfThread(row.lambda)).toEqual({ mostMb: row.mostMb, gc: 'undefined' });
});
