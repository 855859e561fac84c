import type { Outcome } from '@parallel-lambda/batch';
import type { Batch } from '@parallel-lambda/batch/technique';
import { manualDeadline, statuses, times } from '@parallel-lambda/conformance';
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';

import { make, run } from './set-up.ts';

let log: MockInstance<typeof console.log>;
beforeEach(() => {
  log = vi.spyOn(console, 'log').mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Returns what the work has logged: the ids of the messages in the order of their starts, and `blocked`. */
const logged = (): readonly unknown[] => log.mock.calls.flat();

const process = (texts: readonly string[], options?: { readonly lanes: Batch['lanes'] }) =>
  run(make(1, 'leaves-behind.ts'), texts, options);

/** Reaches the deadline and the end of the grace when the work has logged this line. */
async function terminateAfter(line: string, texts: readonly string[]): Promise<readonly Outcome[]> {
  const deadline = manualDeadline();
  const settled = run(make(1, 'leaves-behind.ts'), texts, { deadline });
  await vi.waitUntil(() => logged().includes(line));
  deadline.reach();
  deadline.giveUp();
  return settled;
}

const failed = (error: string): unknown =>
  expect.objectContaining({
    status: 'failed',
    error: expect.objectContaining({ message: error }) as unknown,
  });
const interrupted = { status: 'unfinished', reason: 'interrupted' };

describe('a message that leaves an error behind in the turn of the event loop in which it settles', () => {
  it('has not succeeded if its thread is terminated in that turn', async () => {
    const outcomes = await terminateAfter('blocked', ['succeed', 'leave a rejection, then block the turn']);
    expect(outcomes).toEqual([{ status: 'succeeded' }, interrupted]);
  });

  it('has not succeeded if the next message blocks the thread', async () => {
    expect(await terminateAfter('m1', ['leave a rejection', 'block'])).toEqual([
      failed('left by m0'),
      interrupted,
    ]);
  });

  it('has not succeeded if the next message ends the thread', async () => {
    expect(await process(['leave a rejection', 'exit'])).toEqual([failed('left by m0'), interrupted]);
  });

  it.each(['leave a rejection', 'throw in the same turn', 'throw in the next tick'])(
    'fails, as does each of several: %s',
    async (text) => {
      const texts = [text, 'succeed', text, text];
      const outcomes = await process(texts);
      expect(outcomes).toEqual(
        texts.map((each, position) =>
          each === 'succeed' ? { status: 'succeeded' } : failed(`left by m${position}`),
        ),
      );
    },
  );

  it('keeps the rest of its lane from being started', async () => {
    const outcomes = await process(['leave a rejection', 'succeed', 'succeed'], { lanes: [[0, 1], [2]] });
    expect(statuses(outcomes)).toEqual(['failed', 'unfinished', 'succeeded']);
    expect(logged()).toEqual(['m0', 'm2']);
  });
});

describe('a thread whose work does not wait', () => {
  it('keeps each success before it starts the next message', async () => {
    const outcomes = await terminateAfter('m9', [...times(9, 'succeed'), 'block']);
    expect(outcomes).toEqual([...times(9, { status: 'succeeded' }), interrupted]);
  });

  it('finishes a lane before it claims the next', async () => {
    await process(times(6, 'succeed'), {
      lanes: [
        [0, 2, 4],
        [1, 3, 5],
      ],
    });
    expect(logged()).toEqual(['m0', 'm2', 'm4', 'm1', 'm3', 'm5']);
  });
});
