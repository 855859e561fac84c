import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  checked,
  GiveUp,
  grouped,
  retried,
  within,
  type StandardSchema,
  type Work,
  type WorkContext,
} from '../../src/index.ts';
import { interrupted, outcomeOfError } from '../../src/technique/index.ts';
import { call, contextFor, messagesOf } from './context.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Accepts every text. */
const anything: StandardSchema<unknown> = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) },
};

/** Their types follow from the order, which is not fixed in the test: types.test.ts has them. */
const wrappers = {
  checked: (work: never): Work => checked(anything, work, { decode: (bytes) => bytes }),
  retried: (work: never): Work => retried({ times: 1, firstMs: 0 }, work),
  within: (work: never): Work => within(50, work),
  grouped: (work: never): Work => grouped({ size: 4 }, work),
};

type Name = keyof typeof wrappers;

/** All orders of the wrappers, from the outermost: a message is validated before it joins a group. */
const orders = permutations(['checked', 'retried', 'within', 'grouped']).filter(
  (names) => names.indexOf('checked') < names.indexOf('grouped'),
);

function permutations(names: readonly Name[]): readonly (readonly Name[])[] {
  if (names.length === 0) return [[]];
  return names.flatMap((name) =>
    permutations(names.filter((other) => other !== name)).map((rest) => [name, ...rest]),
  );
}

/** Processes four messages of one batch, with work that gets the signal. */
async function outcomesOf(
  names: readonly Name[],
  work: (signal: AbortSignal) => unknown,
  deadlineMs = 60_000,
) {
  const innermost = (...args: readonly unknown[]): unknown => work((args.at(-1) as WorkContext).signal);
  const wrapped = names.reduceRight<unknown>(
    (inner, name) => wrappers[name](inner as never),
    innermost,
  ) as Work;
  const context = contextFor(deadlineMs);
  const settled = Promise.allSettled(
    messagesOf('a', 'b', 'c', 'd').map((message) =>
      call(wrapped, message, context).catch((error: unknown) => {
        throw Object.assign(new Error('rejected', { cause: error }), {
          outcome: outcomeOfError(error, context.signal),
        });
      }),
    ),
  );
  await vi.advanceTimersByTimeAsync(1_000);
  return (await settled).map((one) =>
    one.status === 'fulfilled'
      ? 'succeeded'
      : (one.reason as { readonly outcome: ReturnType<typeof outcomeOfError> }).outcome,
  );
}

describe.each(orders.map((names) => [names.join(', '), names] as const))('%s', (_, names) => {
  it('retries what failed once', async () => {
    let calls = 0;
    const outcomes = await outcomesOf(names, () => {
      calls += 1;
      if (calls === 1) throw new Error('the first call failed');
    });
    expect(outcomes).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
    expect(calls).toBeGreaterThan(1);
  });

  it('hands GiveUp through, without a retry', async () => {
    const error = new GiveUp('no such customer');
    let calls = 0;
    const outcomes = await outcomesOf(names, () => {
      calls += 1;
      throw error;
    });
    for (const outcome of outcomes) expect(outcome).toEqual({ status: 'failed', error });
    expect(outcomes).toHaveLength(4);
    expect(calls).toBe(1);
  });

  it('fails with the time limit, whatever ignores the signal', async () => {
    const outcomes = await outcomesOf(names, () => new Promise(() => undefined));
    expect(outcomes).toHaveLength(4);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'failed', error: { name: 'TimeLimitError' } });
    }
  });

  it('is interrupted by the deadline of the batch, not failed', async () => {
    const outcomes = await outcomesOf(
      names,
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
      20,
    );
    expect(outcomes).toEqual([interrupted, interrupted, interrupted, interrupted]);
  });
});
