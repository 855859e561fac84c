import { afterEach, expect, it, vi } from 'vitest';

import { AdaptiveLimit } from '../../src/adaptive/adaptive-limit.ts';
import { AdaptiveWorkerLimit } from '../../src/adaptive/adaptive-worker-limit.ts';
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
  for (let left = count; left > 0; left -= 1) expect(share.take()).toBeUndefined();
}

/** Starts a message, and returns a function that ends it. */
function startMessage(share: WorkerShare): (failure?: { readonly error: unknown }) => void {
  const ticket = share.start?.();
  if (!ticket) throw new Error('The limit is not measured');
  return (failure) => share.finish?.(ticket, failure);
}

function setUp() {
  const set = new SetLimit({ min: 1, max: 10 }, { now: () => 0, utilization: () => 0 });
  const limit = new AdaptiveWorkerLimit(10, set);
  return { set, share: limit.share(startDeadline(undefined)), other: limit.share(startDeadline(undefined)) };
}

it('wakes a worker that waits when the limit has grown, while the others keep their places', async () => {
  const { set, share } = setUp();
  takePlaces(share, 2);
  const finish = startMessage(share);
  const waiting = Promise.resolve(share.take());
  expect(await isSettled(waiting)).toBe(false);
  set.value = 3;
  finish();
  expect(share.keeps()).toBe(true);
  expect(await isSettled(waiting)).toBe(true);
  expect(share.taken).toBe(3);
});

it('takes a place back when the limit has shrunk', () => {
  const { set, share } = setUp();
  takePlaces(share, 2);
  set.value = 1;
  expect(share.keeps()).toBe(false);
  share.leave();
  expect(share.take()).toBeInstanceOf(Promise);
  expect(share.keeps()).toBe(true);
});

it('gives the place of a worker to another batch that waits', async () => {
  const { share, other } = setUp();
  takePlaces(share, 2);
  const waiting = Promise.resolve(other.take());
  expect(share.keeps()).toBe(false);
  share.leave();
  expect(await isSettled(waiting)).toBe(true);
  expect([share.taken, other.taken]).toEqual([1, 1]);
});

it('releases the workers of a batch that has ended, and gives its places to others', async () => {
  const { share, other } = setUp();
  takePlaces(share, 2);
  const own = Promise.resolve(share.take());
  const waiting = Promise.resolve(other.take());
  share.end();
  expect([await isSettled(own), await isSettled(waiting)]).toEqual([true, true]);
  expect(share.isClosed).toBe(true);
  expect([share.taken, other.taken]).toEqual([0, 1]);
  share.leave();
  takePlaces(other, 1);
  expect(other.take()).toBeInstanceOf(Promise);
});

it('releases a worker that waits at the deadline, and its place', async () => {
  const limit = new WorkerLimit(1);
  const reached = Promise.withResolvers<undefined>();
  const share = limit.share({ reached: reached.promise, signal: new AbortController().signal });
  const other = limit.share(startDeadline(undefined));
  takePlaces(share, 1);
  const waiting = Promise.resolve(share.take());
  const next = Promise.resolve(other.take());
  reached.resolve(undefined);
  expect([await isSettled(waiting), await isSettled(next)]).toEqual([true, false]);
  for (let left = 2; left > 0; left -= 1) share.leave();
  expect(await isSettled(next)).toBe(true);
  expect(limit.taken).toBe(1);
});

it('leaves no timer behind when a success ends the pause before it was over', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockReturnValue(1_000);
  const share = adaptive({ max: 1 }).createLimit().share(startDeadline(undefined));
  takePlaces(share, 1);
  const succeed = startMessage(share);
  for (let failures = 10; failures > 0; failures -= 1) {
    startMessage(share)({ error: new Error('The service is down') });
  }
  expect(share.keeps()).toBe(false);
  share.leave();
  const waiting = Promise.resolve(share.take());
  expect(vi.getTimerCount()).toBe(1);
  succeed();
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
  for (const share of [second, second, second, third]) expect(share.take()).toBeInstanceOf(Promise);
  first.leave();
  first.leave();
  expect([first.taken, second.taken, third.taken]).toEqual([2, 1, 1]);
});

it('wakes the workers when the pause ends between two reads of the clock', async () => {
  vi.useFakeTimers();
  const measured = new AdaptiveLimit({ min: 1, max: 10 }, { now: () => 0, utilization: () => 0 });
  const reads = [0.1, 0.1, 0];
  vi.spyOn(measured, 'pauseMs').mockImplementation(() => reads.shift() ?? 0);
  const share = new AdaptiveWorkerLimit(10, measured).share(startDeadline(undefined));
  const waiting = Promise.resolve(share.take());
  await vi.advanceTimersByTimeAsync(1);
  expect(await isSettled(waiting)).toBe(true);
});
