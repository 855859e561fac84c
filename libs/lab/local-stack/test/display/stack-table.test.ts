import { expect, it } from 'vitest';

import { StackTable } from '../../src/display/stack-table.ts';
import type { StackServer } from '../../src/stack-server.ts';

const names = ['promises', 'OrdersStageIngestFunctionHandlerOfTheNestedStackA1B2C3D4'];
const environments = [{ state: 'busy' }, { state: 'frozen' }, { state: 'idle' }];
const server = {
  functions: new Map(names.map((name) => [name, { name, environments }])),
} as unknown as StackServer;

const report = {
  requestId: 'r',
  durationMs: 12.3,
  billedDurationMs: 13,
  memorySizeMb: 128,
  maxMemoryUsedMb: 70,
};
const batch = { messages: 10, failed: 3 };

it('counts environments, invocations and messages of each function, and fits the terminal', () => {
  const table = new StackTable();
  table.add({
    function: 'promises',
    origin: 'mapping',
    batch,
    result: { status: 'success', report } as never,
  });
  table.add({ function: 'promises', origin: 'invoke', result: { status: 'error', report } as never });
  const text = table.text(server, 80);
  expect(text).toMatch(/^promises +1 +2 +2 +1 +12.3 ms$/m);
  expect(text).toMatch(/^promises +- +- +7 +3 +- +-$/m);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
