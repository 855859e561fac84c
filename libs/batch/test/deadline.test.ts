import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { checkDeadlineOptions } from '../src/deadline.ts';
import { DeadlineReached, InvalidOptionError, type DeadlineOptions } from '../src/index.ts';
import { startDeadline, type Deadline } from '../src/technique/index.ts';

const start = Date.UTC(2026, 10, 23);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: start });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The moments of a deadline, in milliseconds from now, as they come. */
async function moments(remainingMs: number, options?: DeadlineOptions): Promise<Record<string, number>> {
  vi.setSystemTime(start);
  using deadline = startDeadline(remainingMs, options);
  const seen: Record<string, number> = { lastCall: deadline.lastCallMs - start };
  const record = (moment: string) => () => {
    seen[moment] = Date.now() - start;
  };
  deadline.signal.addEventListener('abort', record('aborted'));
  void deadline.reached.then(record('reached'));
  void deadline.graceOver.then(record('graceOver'));
  void deadline.mustRespond.then(record('mustRespond'));
  await vi.advanceTimersByTimeAsync(Math.max(remainingMs, 0));
  return seen;
}

/** The moments as `moments` returns them. */
const at = (reached: number, graceOver: number, mustRespond: number, lastCall: number): object => ({
  aborted: reached,
  reached,
  graceOver,
  mustRespond,
  lastCall,
});

describe('a deadline', () => {
  it('is half a second before the timeout; the grace takes half of that, the response the rest', async () => {
    expect(await moments(30_000)).toEqual(at(29_500, 29_750, 29_875, 29_937.5));
  });

  it('is a fifth of the remaining time before the timeout if that is less', async () => {
    expect(await moments(1_000)).toEqual(at(800, 900, 950, 975));
    expect(await moments(2_000)).toEqual(at(1_600, 1_800, 1_900, 1_950));
  });

  it('uses the margin and the grace that are set', async () => {
    expect(await moments(10_000, { marginMs: 2_000, graceMs: 1_600 })).toEqual(
      at(8_000, 9_600, 9_800, 9_900),
    );
    expect(await moments(10_000, { marginMs: 2_000 })).toEqual(at(8_000, 9_000, 9_500, 9_750));
  });

  it('makes the margin long enough for a grace that is set alone', async () => {
    expect(await moments(30_000, { graceMs: 1_000 })).toEqual(at(28_000, 29_000, 29_500, 29_750));
    expect(await moments(30_000, { graceMs: 100 })).toEqual(at(29_500, 29_600, 29_800, 29_900));
  });

  it('has no grace if that is set to 0', async () => {
    expect(await moments(10_000, { graceMs: 0 })).toEqual(at(9_500, 9_500, 9_750, 9_875));
  });

  it.each<[string, number, DeadlineOptions, object]>([
    ['margin', 3_000, { marginMs: 5_000 }, at(1_500, 2_250, 2_625, 2_812.5)],
    ['margin and grace', 3_000, { marginMs: 6_000, graceMs: 4_800 }, at(1_500, 2_700, 2_850, 2_925)],
    ['grace', 10_000, { graceMs: 60_000 }, at(5_000, 7_500, 8_750, 9_375)],
  ])(
    'is never earlier than half of the remaining time, however long the %s',
    async (_, remaining, options, expected) => {
      expect(await moments(remaining, options)).toEqual(expected);
    },
  );

  it('leaves time to respond, whatever the options and the remaining time', () => {
    const number = fc.integer({ min: 0, max: 20_000 });
    const options = fc.record({ marginMs: number, graceMs: number }, { requiredKeys: [] });
    fc.assert(
      fc.property(options, fc.integer({ min: 1, max: 20_000 }), (given, remainingMs) => {
        fc.pre(isAccepted(given));
        vi.setSystemTime(start);
        using deadline = startDeadline(remainingMs, given);
        const reachedMs = (deadline.atMs ?? NaN) - start;
        const lastCallMs = deadline.lastCallMs - start;
        expect(reachedMs).toBeGreaterThanOrEqual(remainingMs / 2);
        expect(lastCallMs).toBeGreaterThan(reachedMs);
        expect(lastCallMs).toBeLessThan(remainingMs);
      }),
      { seed: 20261128 },
    );
  });

  it('has the time of the deadline', () => {
    using deadline = startDeadline(30_000);
    expect(deadline.atMs).toBe(start + 29_500);
  });

  it('aborts with a descriptive reason', async () => {
    using deadline = startDeadline(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(deadline.signal.reason).toBeInstanceOf(DeadlineReached);
    expect(deadline.signal.reason).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
  });

  it('has been reached immediately when the clock is read past it', async () => {
    using deadline = startDeadline(1_000);
    vi.setSystemTime(start + 800);
    deadline.abortIfReached();
    await expect(deadline.reached).resolves.toBeUndefined();
  });

  it('has passed by the clock even if no timer has fired', () => {
    using deadline = startDeadline(1_000);
    vi.setSystemTime(start + 799);
    expect(deadline.abortIfReached()).toBe(false);
    expect(deadline.signal.aborted).toBe(false);
    vi.setSystemTime(start + 800);
    expect(deadline.abortIfReached()).toBe(true);
    expect(deadline.signal.aborted).toBe(true);
  });

  it('has passed for good, though the clock is set back', async () => {
    using deadline = startDeadline(1_000);
    await vi.advanceTimersByTimeAsync(800);
    vi.setSystemTime(start);
    expect(deadline.abortIfReached()).toBe(true);
  });

  it.each([0, -50])('has been reached from the start if %d ms remain', async (remainingMs) => {
    using deadline = startDeadline(remainingMs, { marginMs: 300 });
    expect(deadline.abortIfReached()).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    await deadline.mustRespond;
  });

  it('is reached after the longest delay of a timer', () => {
    using deadline = startDeadline(2 ** 32);
    vi.advanceTimersByTime(1_000);
    expect(deadline.signal.aborted).toBe(false);
  });

  it('leaves no timer behind when it is disposed of', () => {
    const deadline = startDeadline(30_000);
    expect(vi.getTimerCount()).toBe(3);
    deadline[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may be listened to by every message of a large batch', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    using deadline = startDeadline(30_000);
    for (let left = 1_000; left > 0; left -= 1) deadline.signal.addEventListener('abort', () => undefined);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('is of its batch alone', async () => {
    using one = startDeadline(1_000);
    using other = startDeadline(30_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([one, other].map((deadline: Deadline) => deadline.abortIfReached())).toEqual([true, false]);
  });
});

describe('without a remaining time', () => {
  it('has a signal but no deadline, and starts no timer', async () => {
    using deadline = startDeadline(undefined);
    const came = vi.fn();
    void deadline.reached.then(came);
    void deadline.graceOver.then(came);
    void deadline.mustRespond.then(came);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(900_000);
    expect(deadline.atMs).toBeUndefined();
    expect(deadline.abortIfReached()).toBe(false);
    expect(deadline.signal.aborted).toBe(false);
    expect(came).not.toHaveBeenCalled();
  });
});

describe('margin and grace', () => {
  it.each([{}, { marginMs: 50 }, { marginMs: 100, graceMs: 50 }, { graceMs: 0.5 }, { graceMs: 60_000 }])(
    'may be %o',
    (options) => {
      checkDeadlineOptions(options);
    },
  );

  it.each([
    [{ marginMs: -1 }, 'marginMs must be a number of milliseconds from 0 to 5400000, not -1'],
    [{ marginMs: NaN }, 'not NaN'],
    [{ marginMs: Infinity }, 'not Infinity'],
    [{ marginMs: '5' as unknown as number }, "not '5'"],
    [{ marginMs: null as unknown as number }, 'not null'],
    [{ graceMs: -1 }, 'graceMs must be a number of milliseconds from 0 to 5400000, not -1'],
    [
      { marginMs: 0 },
      'marginMs (0) must be at least 50 milliseconds more than graceMs (0), to make the response',
    ],
    [{ marginMs: 49 }, 'marginMs (49) must be at least 50 milliseconds more than graceMs (0)'],
    [
      { marginMs: 500, graceMs: 500 },
      'marginMs (500) must be at least 50 milliseconds more than graceMs (500)',
    ],
    [
      { marginMs: 500, graceMs: 451 },
      'marginMs (500) must be at least 50 milliseconds more than graceMs (451)',
    ],
  ])('may not be %o', (options, message) => {
    expect(isAccepted(options)).toBe(false);
    for (const check of [
      () => {
        checkDeadlineOptions(options);
      },
      () => startDeadline(1_000, options),
      () => startDeadline(undefined, options),
    ]) {
      expect(check).toThrow(InvalidOptionError);
      expect(check).toThrow(message);
    }
  });
});

function isAccepted(options: DeadlineOptions): boolean {
  try {
    checkDeadlineOptions(options);
    return true;
  } catch {
    return false;
  }
}
