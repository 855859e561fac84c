import { readBatch, type Batch } from '@parallel-lambda/batch/technique';

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

/** A batch of a stream: records 0, 1, … with these texts, each with a partition key of its own. */
export function streamOf(texts: readonly string[]): Batch {
  const Records = texts.map((text, position) => ({
    kinesis: {
      sequenceNumber: `${position}`,
      partitionKey: `key ${position}`,
      data: Buffer.from(text).toString('base64'),
    },
    eventSource: 'aws:kinesis',
    eventSourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/stream',
  }));
  return readBatch({ Records });
}
