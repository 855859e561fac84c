import { readBatch, type Batch } from '@parallel-lambda/batch';

/** A batch of a standard queue: the messages m0, m1, … with these texts. */
export function batchOf(texts: readonly string[]): Batch {
  const Records = texts.map((body, position) => ({
    messageId: `m${position}`,
    body,
    attributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:queue',
  }));
  return readBatch({ Records });
}

/** A batch of a stream: so many records, each with a partition key of its own. */
export function streamOf(length: number): Batch {
  const Records = Array.from({ length }, (_, position) => ({
    kinesis: { sequenceNumber: `${position}`, partitionKey: `key ${position}`, data: '' },
    eventSource: 'aws:kinesis',
    eventSourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/stream',
  }));
  return readBatch({ Records });
}
