import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  batchHandler,
  FullFailureError,
  InvalidOptionError,
  type BatchHandlerOptions,
  type Outcome,
  type Technique,
} from '../src/index.ts';
import { notStarted, succeeded } from '../src/technique/index.ts';
import { kinesisRecord } from './sources/kinesis-record.ts';
import { sqsRecord } from './sqs-record.ts';

const failed = (error: unknown): Outcome => ({ status: 'failed', error });
const giving =
  (...outcomes: readonly Outcome[]): Technique =>
  () =>
    Promise.resolve(outcomes);
const event = { Records: [sqsRecord('a'), sqsRecord('b')] };
const stream = { Records: [kinesisRecord('1'), kinesisRecord('2')] };

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a batch without any success', () => {
  const nothing = giving(failed('first'), failed('second'));

  it.each([{}, { onFullFailure: 'report' as const }])('is reported with %o', async (options) => {
    expect(await batchHandler(nothing, options)(event)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'b' }],
    });
  });

  it('fails the invocation when asked to, for the reason of the first failure', async () => {
    const running = batchHandler(nothing, { onFullFailure: 'throw' })(event);
    await expect(running).rejects.toThrow(FullFailureError);
    await expect(running).rejects.toMatchObject({ message: 'None of 2 messages succeeded', cause: 'first' });
    expect(vi.mocked(console.error)).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['the first of a stream failed', stream, giving(failed('first'), notStarted), 'first'],
    ['one failed after another that was not started', event, giving(notStarted, failed('later')), 'later'],
    ['nothing was started', event, giving(notStarted, notStarted), undefined],
    ['no outcome is known', event, giving(), undefined],
  ])('is one too when %s', async (_, any, technique, cause) => {
    const running = batchHandler(technique, { onFullFailure: 'throw' })(any);
    await expect(running).rejects.toThrow(FullFailureError);
    await expect(running).rejects.toHaveProperty('cause', cause);
  });

  it.each([
    ['one message succeeded', event, giving(failed('first'), succeeded), ['a']],
    ['the batch was empty', { Records: [] }, giving(), []],
  ])('is none when %s', async (_, any, technique, ids) => {
    expect(await batchHandler(technique, { onFullFailure: 'throw' })(any)).toEqual({
      batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
    });
  });
});

describe('an option that has no such value', () => {
  it.each([
    [{ onFullFailure: 'ignore' }, "onFullFailure must be report or throw, not 'ignore'"],
    [{ onFullFailure: null }, 'onFullFailure must be report or throw, not null'],
    [{ onFullFailure: true }, 'onFullFailure must be report or throw, not true'],
    [{ kafkaLanes: 'topic' }, "kafkaLanes must be partition or key, not 'topic'"],
  ])('is refused while the function starts: %o', (options, message) => {
    const make = (): unknown => batchHandler(giving(), options as BatchHandlerOptions);
    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(message);
  });
});
