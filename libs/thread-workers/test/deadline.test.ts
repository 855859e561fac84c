import { manualDeadline, statuses, times } from '@parallel-lambda/conformance';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { make, run } from './set-up.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('at the deadline', () => {
  it.each(['spin', 'hang'])('a thread that still runs after the grace is terminated: %s', async (endless) => {
    const technique = make(2);
    const deadline = manualDeadline();
    const settled = run(technique, [endless, 'succeed'], { deadline });
    deadline.reach();
    deadline.giveUp();
    const outcomes = await settled;
    expect(outcomes[0]?.status).toBe('unfinished');
    expect(statuses(await run(technique, times(20, 'succeed')))).toEqual(times(20, 'succeeded'));
  });

  it('the successes of a terminated thread are kept', async () => {
    const deadline = manualDeadline();
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const settled = run(make(1), ['succeed', 'log, then hang'], { deadline });
    await vi.waitUntil(() => log.mock.calls.length > 0);
    deadline.reach();
    deadline.giveUp();
    expect(await settled).toEqual([{ status: 'succeeded' }, { status: 'unfinished', reason: 'interrupted' }]);
  });
});

describe('a thread whose clock is ahead', () => {
  it('stops the batch early for all threads', async () => {
    const outcomes = await run(make(2), times(4, 'succeed'), { info: { deadlineMs: Date.now() - 1 } });
    expect(outcomes).toEqual(times(4, { status: 'unfinished', reason: 'not started' }));
  });
});
