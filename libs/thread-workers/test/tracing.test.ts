import { tracingChannel } from 'node:diagnostics_channel';

import type { MessageTrace } from '@parallel-lambda/batch';
import { expect, it, onTestFinished, vi } from 'vitest';

import { make, run } from './set-up.ts';

/** Records the ends that the main thread publishes. */
function recordEnds(): MessageTrace[] {
  const ends: MessageTrace[] = [];
  const { asyncEnd } = tracingChannel('parallel-lambda:message');
  const subscriber = (trace: unknown): void => {
    ends.push(trace as MessageTrace);
  };
  asyncEnd.subscribe(subscriber);
  onTestFinished(() => {
    asyncEnd.unsubscribe(subscriber);
  });
  return ends;
}

it('publishes the messages of a thread in that thread, with the span of the invocation', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await run(make(1, 'traced.ts', 1), ['good', 'bad'], { info: { traceparent: '00-1-2-01' } });
  expect(log.mock.calls.flat()).toEqual([
    'start good',
    'succeeded good 00-1-2-01',
    'start bad',
    'failed bad 00-1-2-01',
  ]);
});

it('publishes the end of every message that was processed in the main thread, with its duration', async () => {
  const ends = recordEnds();
  const outcomes = await run(make(2), ['succeed', 'fail', 'succeed']);
  expect(ends.map(({ message }) => message.id)).toEqual(['m0', 'm1', 'm2']);
  expect(ends.map(({ outcome }) => outcome)).toEqual(outcomes);
  for (const { durationMs } of ends) expect(durationMs).toBeGreaterThan(0);
  expect(new Set(ends.map(({ context }) => context))).toHaveLength(1);
});

it('measures each batch, although its memory was used before', async () => {
  const technique = make(1);
  const first = recordEnds();
  await run(technique, ['succeed', 'succeed', 'succeed']);
  expect(first).toHaveLength(3);
  await run(technique, ['succeed', 'succeed']);
  expect(first).toHaveLength(5);
});
