import { LabError, type InvocationResult } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { processLater, type AsynchronousContext } from '../src/asynchronous/asynchronous-events.ts';
import type { DeliveredMessage } from '../src/asynchronous/deliver.ts';
import type { AsynchronousDefinition } from '../src/stack/asynchronous-definition.ts';

const queue = 'arn:aws:sqs:us-east-1:000000000000:dead';
const minute = 60_000;

const report = {
  ...{ durationMs: 1, billedDurationMs: 1, memorySizeMb: 128, maxMemoryUsedMb: 50 },
  ...{ initDurationMs: undefined, cpuTimeMs: undefined },
};
const common = { requestId: 'r', log: '', report } as unknown as InvocationResult;
const success = { ...common, status: 'success', payload: 'done' } as InvocationResult;
const error = { errorType: 'Error', errorMessage: 'out of stock', trace: [] };
const failure = { ...common, status: 'error', functionError: 'Unhandled', error } as InvocationResult;

/** Processes an event in virtual time. @param results `undefined` is a throttled invocation; the last one repeats */
async function process(
  results: readonly (InvocationResult | undefined)[],
  definition: Partial<AsynchronousDefinition> = {},
) {
  const invokedAtMs: number[] = [];
  const delivered: (DeliveredMessage & { readonly arn: string })[] = [];
  let nowMs = 0;
  const context: AsynchronousContext = {
    invoke: () => {
      const result = results[Math.min(invokedAtMs.length, results.length - 1)];
      invokedAtMs.push(nowMs);
      return result ? Promise.resolve(result) : Promise.reject(new LabError('throttled', 'busy'));
    },
    deliver: (arn, message) => {
      delivered.push({ arn, ...message });
      return Promise.resolve();
    },
    pause: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
    nowMs: () => nowMs,
    signal: new AbortController().signal,
  };
  await processLater({ id: 1 }, { functionName: 'orders', ...definition }, context);
  return { invokedAtMs, delivered, records: delivered.map(({ body }) => JSON.parse(body) as unknown) };
}

describe('an asynchronous event', () => {
  it('is retried after one minute and after two, and then given to the on-failure destination', async () => {
    const { invokedAtMs, records } = await process([failure], { onFailure: queue });
    expect(invokedAtMs).toEqual([0, minute, 3 * minute]);
    expect(records).toMatchObject([
      {
        version: '1.0',
        requestContext: {
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST',
          ...{ requestId: 'r', condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        },
        requestPayload: { id: 1 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: { errorMessage: 'out of stock' },
      },
    ]);
  });

  it('is itself a dead letter after as many retries as the template sets', async () => {
    const definition = { maximumRetries: 1, deadLetters: queue, onSuccess: queue };
    const { invokedAtMs, delivered } = await process([failure], definition);
    expect(invokedAtMs).toEqual([0, minute]);
    const attributes = { RequestID: 'r', ErrorCode: '200', ErrorMessage: 'out of stock' };
    expect(delivered).toEqual([{ arn: queue, body: '{"id":1}', attributes }]);
  });

  it('goes to the on-success destination, also after a failure', async () => {
    const { records } = await process([failure, success], { onSuccess: queue, onFailure: 'other' });
    const requestContext = { condition: 'Success', approximateInvokeCount: 2 };
    expect(records).toMatchObject([{ requestContext, responsePayload: 'done' }]);
  });

  it('is kept while the function is throttled, with growing pauses, and a throttle is not a retry', async () => {
    const { invokedAtMs } = await process([undefined, undefined, undefined, failure], { maximumRetries: 0 });
    expect(invokedAtMs).toEqual([0, 1000, 3000, 7000]);
  });

  it('ends when it has the maximum age', async () => {
    const { invokedAtMs, records } = await process([undefined], { maximumAgeMs: 60_000, onFailure: queue });
    expect(Math.max(...invokedAtMs)).toBeLessThan(60_000);
    expect(records).toMatchObject([
      { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } },
    ]);
  });
});
