import { readBatch, type Batch } from '@parallel-lambda/batch/technique';
import { sourcesUnderTest, sqsEvent } from '@parallel-lambda/conformance';

/** Creates a batch of a standard queue: the messages m0, m1, … with these texts. */
export function batchOf(texts: readonly string[]): Batch {
  return readBatch(sqsEvent(texts.map((body, position) => ({ id: `m${position}`, body }))));
}

/** Creates a batch of a stream: records 0, 1, … with these texts, each with its own partition key. */
export function streamOf(texts: readonly string[]): Batch {
  const stream = sourcesUnderTest.find(({ name }) => name === 'Kinesis');
  return readBatch(stream?.eventOf(texts.map((body, position) => ({ id: `${position}`, body }))));
}
