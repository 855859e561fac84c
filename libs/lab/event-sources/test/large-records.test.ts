import { expect, it } from 'vitest';

import { drain } from '../src/drain/drain.ts';
import { KinesisStream } from '../src/kinesis/kinesis-stream.ts';

/** Bytes of the largest event that Lambda invokes a function with. */
const maxEventBytes = 6_291_456;

/** Returns a function that refuses events as Lambda does, and the sizes of the batches that it processed. */
function lambda(): { readonly invoke: (event: object) => object; readonly batches: number[] } {
  const batches: number[] = [];
  const invoke = (event: object): object => {
    const { Records } = event as { readonly Records: readonly object[] };
    if (Buffer.byteLength(JSON.stringify(event)) > maxEventBytes) throw new Error('RequestTooLargeException');
    batches.push(Records.length);
    return { batchItemFailures: [] };
  };
  return { invoke, batches };
}

it('a record of 4 MiB is processed: base64 makes it a third larger', async () => {
  const stream = new KinesisStream({ batchSize: 100 });
  for (const size of [10, 4 * 1_048_576, 10]) stream.put({ partitionKey: 'key', data: 'x'.repeat(size) }, 0);
  const { invoke, batches } = lambda();
  const drained = await drain(stream, invoke, { seed: 1 });
  expect(drained).toMatchObject({ settled: true, failed: 0, deadLetters: [] });
  expect(batches).toEqual([3]);
});

it('a record that fits into no event is a separate batch, fails without an invocation, and is discarded', async () => {
  const stream = new KinesisStream({
    batchSize: 100,
    maximumRetries: 4,
    bisectBatchOnFunctionError: true,
  });
  const put = (size: number): string => stream.put({ partitionKey: 'key', data: 'x'.repeat(size) }, 0);
  put(10);
  const large = put(10 * 1_048_576);
  put(10);
  const { invoke, batches } = lambda();
  const drained = await drain(stream, invoke, { seed: 1 });
  expect(batches).toEqual([1, 1]);
  expect(drained.deadLetters).toMatchObject([{ messageId: large, reason: 'retries' }]);
  expect(drained).toMatchObject({ settled: true, failed: 5 });
});

it('without a limit of retries it blocks its shard', async () => {
  const stream = new KinesisStream({ batchSize: 1 });
  for (const size of [10 * 1_048_576, 10]) stream.put({ partitionKey: 'key', data: 'x'.repeat(size) }, 0);
  const { invoke, batches } = lambda();
  expect(await drain(stream, invoke, { seed: 1, maximumInvocations: 10 })).toMatchObject({ settled: false });
  expect(batches).toEqual([]);
});
