import { runChecks } from '@parallel-lambda/check';
import { checkIds, type sourceNames } from '@parallel-lambda/check/options';
import { describeFolder } from '@parallel-lambda/local-lambda';
import { afterAll, describe, expect, it } from 'vitest';

import { buildCalibrationFunctions, calibrationVariables } from '../calibration-functions.ts';

type Check = (typeof checkIds)[number];

/** A function with the checks that it must not pass, and those whose results must be unknown. */
type Case = readonly [
  fixture: string,
  faults: readonly Check[],
  unknown: readonly Check[],
  only?: readonly Check[],
];

/** Every check but the slowest, which is run where it matters. */
const quick = checkIds.filter((id) => id !== 'memory' && id !== 'leftovers');

const functions = await buildCalibrationFunctions();

afterAll(() => functions[Symbol.asyncDispose]());

async function checkFixture([name, faults, unknown, only = quick]: Case): Promise<void> {
  const source: (typeof sourceNames)[number] = name.includes('order')
    ? 'sqs-fifo'
    : name.endsWith('items')
      ? 'dynamodb'
      : 'sqs';
  const definition = {
    ...describeFolder(functions.folder, { handler: `${name}.handler` }),
    environment: calibrationVariables,
  };
  const options = {
    runtime: 'own',
    messages: 400,
    source,
    seed: 1,
    only,
    onProgress: () => undefined,
  } as const;
  const { problem, results } = await runChecks(definition, options);
  const having = (wanted: string) => results.filter(({ result }) => result === wanted);
  expect(problem).toBeUndefined();
  // The reason of a wrong result is in the message of the failed assertion.
  expect(
    having('no')
      .map(({ id }) => id)
      .sort(),
    JSON.stringify(having('no')),
  ).toEqual([...faults].sort());
  // A busy machine may leave more unknown, and nothing wrong.
  expect(having('unknown').map(({ id }) => id)).toEqual(expect.arrayContaining([...unknown]));
}

// Each waits for a timeout most of its time.
describe.concurrent('check of functions without a protocol', { timeout: 120_000 }, () => {
  it.for<Case>([
    ['correct-by-hand', [], [], checkIds],
    ['leak', ['leftovers'], ['awaited'], checkIds],
    ['memory-growth', ['memory'], [], checkIds],
    ['correct-p-map', [], []],
    ['correct-powertools', [], []],
    ['correct-ours', [], []],
    ['correct-parks', [], ['response']],
    ['correct-parks-ours', [], ['response']],
    ['correct-order', [], []],
    ['correct-order-stops', [], []],
    ['correct-items', [], ['unreadable']],
    ['batched-calls', ['limit'], []],
    ['unbounded', ['limit'], []],
    ['sdk', ['limit'], []],
    ['loses-failures', ['lost', 'hang'], ['exact', 'response', 'unreadable']],
    ['swallows-status', ['lost'], ['exact', 'response']],
    ['catches-everything', ['lost', 'hang'], ['exact', 'response', 'unreadable']],
    ['wrong-identifiers', ['response', 'exact', 'unreadable'], []],
    ['wrong-key', ['lost', 'response', 'hang'], ['exact', 'unreadable']],
    ['late-promise', ['awaited'], []],
    ['late-checkpoint-items', ['lost', 'hang', 'order-failure'], ['unreadable']],
    ['wrong-identifiers-items', ['response'], ['lost', 'exact', 'unreadable']],
    ['late-timer', ['awaited'], []],
    ['first-failure', ['exact', 'limit', 'awaited', 'unreadable'], ['response']],
    ['misses-deadline', ['hang'], []],
    ['module-state', ['apart'], ['timeout']],
    ['skips-redelivered', ['redelivered', 'timeout'], []],
    ['broken-order', ['order', 'order-failure'], []],
    ['notes-before-work', ['crash'], []],
    ['keeps-lock', ['crash'], []],
    ['abandons-call', ['timeout'], []],
    ['poisoned', ['unreadable'], []],
    ['timers-only', [], ['lost', 'exact', 'response', 'limit', 'apart', 'redelivered', 'hang', 'unreadable']],
  ])('names each fault of %s, and nothing else', checkFixture);
});
