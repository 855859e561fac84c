import { afterEach, expect, it, vi } from 'vitest';

import { AdaptiveLimit } from '../../src/adaptive/adaptive-limit.ts';
import { adaptive } from '../../src/index.ts';
import { startDeadline, WorkerLimit, type WorkerShare } from '../../src/technique/index.ts';
import { isSettled } from '../is-settled.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A limit that the test sets. */
class SetLimit extends AdaptiveLimit {
  value = 2;

  override get limit(): number {
    return this.value;
  }
}

function takePlaces(share: WorkerShare, count: number): void {
  for (let left = count; left > 0; left -= 1) expect(share.take(false)).toBe(true);
}

function setUp() {
  const set = new SetLimit({ min: 1, max: 10 }, { now: () => 0, utilization: () => 0 });
  const limit = new WorkerLimit({ ...adaptive({ max: 10 }), createLimit: () => set });
  return { set, share: limit.share(startDeadline(undefined)), other: limit.share(startDeadline(undefined)) };
}

it('wakes a worker that waits when the limit has grown, while the others keep their places', async () => {
  const { set, share } = setUp();
  expect([share.take(false), share.take(false)]).toEqual([true, true]);
  const ticket = share.start();
  const waiting = Promise.resolve(share.take(false));
  expect(await isSettled(waiting)).toBe(false);
  set.value = 3;
  share.finish(ticket, undefined);
  expect(share.take(true)).toBe(true);
  expect(await isSettled(waiting)).toBe(true);
  expect(share.take(false)).toBe(true);
});

it('takes a place back when the limit has shrunk', () => {
  const { set, share } = setUp();
  takePlaces(share, 2);
  set.value = 1;
  expect(share.take(true)).toBeInstanceOf(Promise);
  expect(share.take(true)).toBe(true);
});

it('gives the place of a worker to another batch that waits', async () => {
  const { share, other } = setUp();
  takePlaces(share, 2);
  const waiting = Promise.resolve(other.take(false));
  expect(share.take(true)).toBeInstanceOf(Promise);
  expect(await isSettled(waiting)).toBe(true);
  expect(other.take(false)).toBe(true);
});

it('lets the workers of a batch go that has ended, and gives its places to others', async () => {
  const { share, other } = setUp();
  takePlaces(share, 2);
  const own = Promise.resolve(share.take(false));
  const waiting = Promise.resolve(other.take(false));
  share.end();
  expect([await isSettled(own), await isSettled(waiting)]).toEqual([true, true]);
  expect(share.take(false)).toBeUndefined();
  expect(other.take(false)).toBe(true);
});

it('leaves no timer behind when a success ends the pause before it was over', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockReturnValue(1_000);
  const share = new WorkerLimit(adaptive({ max: 1 })).share(startDeadline(undefined));
  takePlaces(share, 1);
  const succeeding = share.start();
  for (let failures = 10; failures > 0; failures -= 1) {
    share.finish(share.start(), { error: new Error('The service is down') });
  }
  const waiting = Promise.resolve(share.take(true));
  expect(vi.getTimerCount()).toBe(1);
  share.finish(succeeding, undefined);
  expect(await isSettled(waiting)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('gives free places to the waiting batch that has the fewest, not to the one that waits longest', () => {
  const limit = new WorkerLimit(4);
  const [first, second, third] = [1, 2, 3].map(() => limit.share(startDeadline(undefined))) as [
    WorkerShare,
    WorkerShare,
    WorkerShare,
  ];
  takePlaces(first, 4);
  for (const share of [second, second, second, third]) expect(share.take(false)).toBeInstanceOf(Promise);
  first.leave();
  first.leave();
  expect([first.taken, second.taken, third.taken]).toEqual([2, 1, 1]);
});
