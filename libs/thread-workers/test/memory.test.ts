import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';

import { manualDeadline, times } from '@parallel-lambda/conformance';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { make, run } from './set-up.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the memory of a batch', () => {
  /** Counts the allocations of memory that is larger than the few integers of a thread or a task. */
  function countBuffers(): () => number {
    let made = 0;
    vi.stubGlobal(
      'SharedArrayBuffer',
      class extends SharedArrayBuffer {
        constructor(bytes: number) {
          super(bytes);
          if (bytes > 32) made += 1;
        }
      },
    );
    return () => made;
  }

  it('is reused by the next batch', async () => {
    const technique = make(1);
    const count = countBuffers();
    for (const batch of [8, 4, 2]) await run(technique, times(batch, 'succeed'));
    await run(technique, times(4, 'fail'));
    expect(count()).toBe(1);
    await run(technique, [...times(4, 'succeed'), JSON.stringify('x'.repeat(10_000))]);
    expect(count()).toBe(2);
  });

  it('is not reused after a thread was lost', async () => {
    const technique = make(1);
    const count = countBuffers();
    await run(technique, ['succeed', 'exit']);
    await run(technique, ['succeed']);
    expect(count()).toBe(2);
  });

  it('is not reused while a thread still writes to it', async () => {
    const technique = make(1);
    const count = countBuffers();
    const deadline = manualDeadline();
    const hanging = run(technique, ['hang'], { deadline });
    await turnOfTheEventLoop();
    deadline.reach();
    deadline.giveUp();
    await hanging;
    await run(technique, ['succeed']);
    expect(count()).toBe(2);
  });
});
