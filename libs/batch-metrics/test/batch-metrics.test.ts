import { tracingChannel } from 'node:diagnostics_channel';
import fs from 'node:fs';

import { batchHandler, type Outcome, type Redelivery } from '@parallel-lambda/batch';
import { notStarted, succeeded } from '@parallel-lambda/batch/technique';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { batchMetrics, type BatchMetricsOptions } from '../src/index.ts';

const writeSync = vi.spyOn(fs, 'writeSync');

beforeEach(() => {
  vi.clearAllMocks();
  writeSync.mockReturnValue(0);
  vi.unstubAllEnvs();
  vi.stubEnv('METRICS', undefined);
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'promises');
  vi.spyOn(console, 'error').mockReturnValue();
});

const failed: Outcome = { status: 'failed', error: new Error('no') };

/** Ends a batch of these outcomes, and gives what was written to the log. */
async function endBatch(
  outcomes: readonly Outcome[],
  {
    takingMs = 0,
    redelivery,
    ...options
  }: BatchMetricsOptions & { takingMs?: number; redelivery?: Redelivery } = {},
): Promise<readonly (readonly unknown[])[]> {
  const queue = { eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:orders' };
  const Records = outcomes.map((_, index) => ({ ...queue, messageId: `m${index}`, body: '' }));
  const clock = vi.spyOn(process.hrtime, 'bigint').mockReturnValue(0n);
  const technique = () => {
    clock.mockReturnValue(BigInt(takingMs * 1e6));
    return Promise.resolve(outcomes);
  };
  const handler = batchHandler(technique, {
    onBatchEnd: batchMetrics(options),
    ...(redelivery && { redelivery }),
  });
  await handler({ Records }, { awsRequestId: 'r1' });
  clock.mockRestore();
  return writeSync.mock.calls;
}

it('writes the outcomes of a batch in one line on stdout, for CloudWatch, by function', async () => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(1_700_000_000_000);
  const lines = await endBatch([succeeded, failed, succeeded, notStarted], { takingMs: 10 });
  now.mockRestore();
  expect(lines).toEqual([[1, expect.stringMatching(/^\{.*\}\n$/)]]);
  expect(JSON.parse(String(lines[0]?.[1]))).toEqual({
    _aws: {
      Timestamp: 1_700_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: 'ParallelLambda',
          Dimensions: [['FunctionName']],
          Metrics: [
            { Name: 'MessagesSucceeded', Unit: 'Count' },
            { Name: 'MessagesFailed', Unit: 'Count' },
            { Name: 'MessagesUnfinished', Unit: 'Count' },
            { Name: 'BatchSize', Unit: 'Count' },
            { Name: 'DurationPerMessage', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
    FunctionName: 'promises',
    MessagesSucceeded: 2,
    MessagesFailed: 1,
    MessagesUnfinished: 1,
    BatchSize: 4,
    DurationPerMessage: 2.5,
    requestId: 'r1',
  });
});

it('uses another namespace if the option is set', async () => {
  const [[, line] = []] = await endBatch([succeeded], { namespace: 'Orders' });
  expect(line).toContain('"Namespace":"Orders"');
});

it('writes nothing for an empty batch', async () => {
  expect(await endBatch([])).toEqual([]);
});

it('writes nothing if METRICS is off', async () => {
  vi.stubEnv('METRICS', 'off');
  expect(await endBatch([succeeded])).toEqual([]);
});

it.each(['', 'on'])('writes where METRICS is %j', async (value) => {
  vi.stubEnv('METRICS', value);
  expect(await endBatch([succeeded])).toHaveLength(1);
});

it('does not start where METRICS is something else', () => {
  vi.stubEnv('METRICS', 'yes');
  expect(() => batchMetrics()).toThrow("The environment variable METRICS must be on or off, not 'yes'");
});

it('waits its turn in the stream where a full pipe accepts nothing', async () => {
  writeSync.mockImplementation(() => {
    throw Object.assign(new Error('try again'), { code: 'EAGAIN' });
  });
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await endBatch([succeeded]);
  expect(write).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('"BatchSize":1'));
  write.mockRestore();
});

it('does not fail the batch when the log cannot be written', async () => {
  writeSync.mockImplementation(() => {
    throw Object.assign(new Error('gone'), { code: 'EPIPE' });
  });
  await endBatch([succeeded]);
  expect(console.error).toHaveBeenCalledExactlyOnceWith(
    "onBatchEnd failed with 'Error: gone'",
    expect.anything(),
  );
});

it('counts parked and delayed messages apart from failed and unfinished ones', async () => {
  const redelivery: Redelivery = () => Promise.resolve([undefined, 'parked', 'delayed', 'delayed']);
  const [line] = await endBatch([succeeded, failed, failed, notStarted, failed], { redelivery });
  expect(JSON.parse(String(line?.[1]))).toMatchObject({
    ...{
      MessagesSucceeded: 1,
      MessagesFailed: 1,
      MessagesUnfinished: 0,
      MessagesParked: 1,
      MessagesDelayed: 2,
    },
  });
});

describe('durations of messages', () => {
  /** Has a batch whose messages take these times, and gives what was written to the log. */
  async function durationsOf(ms: readonly number[], options: BatchMetricsOptions): Promise<unknown> {
    writeSync.mockClear();
    const handler = batchHandler(
      ({ messages }, { context }) => {
        for (const durationMs of ms) {
          tracingChannel('parallel-lambda:message').asyncEnd.publish({ context, durationMs });
        }
        return Promise.resolve(messages.map(() => succeeded));
      },
      { onBatchEnd: batchMetrics(options) },
    );
    const record = { eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-1:1:orders', body: '' };
    await handler({ Records: ms.map((_, index) => ({ ...record, messageId: `m${index}` })) });
    const entry = JSON.parse(String(writeSync.mock.calls[0]?.[1])) as Readonly<Record<string, unknown>>;
    return entry.MessageDuration;
  }

  it('are all written of a small batch, from the shortest to the longest', async () => {
    expect(await durationsOf([30, 1.23456, 20], { durations: true })).toEqual([1.235, 20, 30]);
  });

  it('are sampled of a large batch, with the same median and the same extremes', async () => {
    const ms = Array.from({ length: 9_901 }, (_, index) => 9_901 - index);
    const written = (await durationsOf(ms, { durations: true })) as readonly number[];
    expect(written).toHaveLength(100);
    expect([written[0], written[49], written[99]]).toEqual([1, 4_901, 9_901]);
  });

  it('are not written by default', async () => {
    expect(await durationsOf([1, 2], {})).toBeUndefined();
    expect(await durationsOf([1, 2], { durations: false })).toBeUndefined();
  });
});

it.each([
  [{ nameSpace: 'Orders' }, "Unknown option 'nameSpace' of batchMetrics. Did you mean namespace?"],
  [{ namespace: '' }, "namespace of batchMetrics must be a text of 1 to 255 characters, not ''"],
  [{ namespace: ':Orders' }, 'namespace of batchMetrics must be'],
])('refuses the options %o', (options, message) => {
  expect(() => batchMetrics(options as BatchMetricsOptions)).toThrow(message);
});
