import { scrypt } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

import { DeadlineReached } from '@parallel-lambda/batch';
import { hashSync } from 'bcryptjs';
import { afterEach, expect, test, vi } from 'vitest';

import { FailStepError, InvalidStepError, work } from '../src/index.ts';
import { contextOf, messageOf, workOn } from './messages.ts';

vi.mock('node:crypto', { spy: true });
vi.mock('bcryptjs', { spy: true });

afterEach(() => {
  vi.clearAllMocks();
});

test('an empty list succeeds', async () => {
  await expect(workOn([])).resolves.toBeUndefined();
});

test('steps are done in order, and none after one that fails', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('the process would have ended');
  });
  await expect(workOn([{ wait: 0 }, { fail: true }, { exit: 1 }])).rejects.toThrow(FailStepError);
  expect(exit).not.toHaveBeenCalled();
  await expect(workOn([{ wait: 0 }, { exit: 3 }, { fail: true }])).rejects.toThrow('would have ended');
  expect(exit).toHaveBeenCalledExactlyOnceWith(3);
  exit.mockRestore();
});

test('no step is begun when a later one is invalid', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  await expect(workOn([{ exit: 1 }, { wait: 'long' }])).rejects.toThrow(InvalidStepError);
  expect(exit).not.toHaveBeenCalled();
  exit.mockRestore();
});

test('an abort ends a wait immediately, with the reason of the signal', async () => {
  const aborter = new AbortController();
  const waiting = workOn({ wait: 900_000 }, { signal: aborter.signal });
  const reason = new DeadlineReached();
  aborter.abort(reason);
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError', cause: reason });
});

test('after an abort no further step is begun', async () => {
  const reason = new DeadlineReached();
  await expect(workOn({ exit: 1 }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('between steps that compute, the deadline is read from the clock', async () => {
  await expect(workOn([{ hash: 4 }, { hash: 4 }], { deadlineMs: Date.now() - 1 })).rejects.toThrow(
    DeadlineReached,
  );
});

test('hash computes one bcrypt hash of its cost', async () => {
  await workOn({ hash: 5 });
  expect(hashSync).toHaveBeenCalledExactlyOnceWith(expect.any(String), 5);
  expect(hashSync).toHaveReturnedWith(expect.stringMatching(/^\$2b\$05\$/));
});

test.each([1, 15])('scrypt computes one key with N = 2^%i', async (cost) => {
  await workOn({ scrypt: cost });
  expect(scrypt).toHaveBeenCalledOnce();
  expect(vi.mocked(scrypt).mock.lastCall?.[3]).toMatchObject({ N: 2 ** cost });
});

test('fail fails while the receive count is not beyond its number', async () => {
  const failing = (receiveCount: number | undefined) =>
    work(messageOf('{"fail":2}', receiveCount), contextOf());
  await expect(failing(1)).rejects.toThrow('The step {"fail": 2} fails on delivery 1');
  await expect(failing(2)).rejects.toThrow('The step {"fail": 2} fails on delivery 2');
  await expect(failing(3)).resolves.toBeUndefined();
  await expect(failing(undefined)).rejects.toThrow('this source does not count deliveries');
});

test('fail: true fails at every delivery', async () => {
  await expect(work(messageOf('{"fail":true}', 1001), contextOf())).rejects.toThrow(FailStepError);
});

test('hang does not settle, not even when the signal is aborted', async () => {
  const aborter = new AbortController();
  const settled = vi.fn();
  void workOn({ hang: true }, { signal: aborter.signal }).then(settled, settled);
  aborter.abort();
  await turn();
  await turn();
  expect(settled).not.toHaveBeenCalled();
});
