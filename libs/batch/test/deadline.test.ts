import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { DeadlineReached, InvalidOptionError, type DeadlineOptions } from '../src/index.ts';
import { startDeadline, type Deadline } from '../src/technique/index.ts';
import { checkDeadlineOptions } from '../src/deadline.ts';

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
  using deadline = startDeadline(remainingMs, options);
  const came: Record<string, number> = {};
  const note = (moment: string) => () => {
    came[moment] = Date.now() - start;
  };
  deadline.signal.addEventListener('abort', note('deadline'));
  void deadline.reached.then(note('reached'));
  void deadline.graceOver.then(note('graceOver'));
  void deadline.mustRespond.then(note('mustRespond'));
  await vi.advanceTimersByTimeAsync(remainingMs);
  return came;
}

describe('a deadline', () => {
  it('comes half a second before the timeout, gives up after half of that, and leaves time to respond', async () => {
    expect(await moments(30_000)).toEqual({
      deadline: 29_500,
      reached: 29_500,
      graceOver: 29_750,
      mustRespond: 29_875,
    });
  });

  it('takes a fifth of the remaining time where that is less', async () => {
    expect(await moments(1_000)).toEqual({ deadline: 800, reached: 800, graceOver: 900, mustRespond: 950 });
    vi.setSystemTime(start);
    expect(await moments(2_500)).toEqual({
      deadline: 2_000,
      reached: 2_000,
      graceOver: 2_250,
      mustRespond: 2_375,
    });
  });

  it('takes the margin and the grace that it is given', async () => {
    const options = { marginMs: 2_000, graceMs: 1_500 };
    expect(await moments(10_000, options)).toEqual({
      deadline: 8_000,
      reached: 8_000,
      graceOver: 9_500,
      mustRespond: 9_750,
    });
    vi.setSystemTime(start);
    expect(await moments(10_000, { marginMs: 2_000 })).toEqual({
      deadline: 8_000,
      reached: 8_000,
      graceOver: 9_000,
      mustRespond: 9_500,
    });
  });

  it('gives up no later than the timeout, however long the grace', async () => {
    expect(await moments(10_000, { graceMs: 60_000 })).toEqual({
      deadline: 9_500,
      reached: 9_500,
      graceOver: 10_000,
      mustRespond: 10_000,
    });
  });

  it('gives up at once without grace', async () => {
    expect(await moments(10_000, { graceMs: 0 })).toEqual({
      deadline: 9_500,
      reached: 9_500,
      graceOver: 9_500,
      mustRespond: 9_750,
    });
  });

  it('says when it is', () => {
    using deadline = startDeadline(30_000);
    expect(deadline.atMs).toBe(start + 29_500);
  });

  it('aborts with a reason that says what happened', async () => {
    using deadline = startDeadline(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(deadline.signal.reason).toBeInstanceOf(DeadlineReached);
    expect(deadline.signal.reason).toHaveProperty('name', 'DeadlineReached');
  });

  it('has been reached at once when the clock is read past it', async () => {
    using deadline = startDeadline(1_000);
    vi.setSystemTime(start + 800);
    deadline.abortIfReached();
    await expect(deadline.reached).resolves.toBeUndefined();
  });

  it('has passed when the clock says so, though no timer has fired', () => {
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

  it.each([0, -50, 300])(
    'has passed from the start when %d ms remain and more are asked for',
    (remainingMs) => {
      using deadline = startDeadline(remainingMs, { marginMs: 300 });
      expect(deadline.abortIfReached()).toBe(true);
    },
  );

  it('comes after the longest time that a timer can be set to', () => {
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
  it('there is a signal and no deadline, and no timer runs', async () => {
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
  it.each([{}, { marginMs: 0 }, { marginMs: 5, graceMs: 5 }, { graceMs: 0.5 }])('may be %o', (options) => {
    checkDeadlineOptions(options);
  });

  it.each([
    [{ marginMs: -1 }, 'marginMs must be a number of milliseconds from 0 on, not -1'],
    [{ marginMs: NaN }, 'not NaN'],
    [{ marginMs: Infinity }, 'not Infinity'],
    [{ marginMs: '5' as unknown as number }, "not '5'"],
    [{ marginMs: null as unknown as number }, 'not null'],
    [{ graceMs: -1 }, 'graceMs must be a number of milliseconds from 0 on, not -1'],
    [{ marginMs: 5, graceMs: 6 }, 'graceMs (6) must not exceed marginMs (5)'],
  ])('may not be %o', (options, message) => {
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
