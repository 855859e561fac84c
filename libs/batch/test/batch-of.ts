import { readBatch, type Batch } from '../src/technique/index.ts';
import { sqsRecord } from './sqs-record.ts';

/** A batch of a standard queue, of messages with these identifiers. */
export function batchOf(...ids: readonly string[]): Batch {
  return readBatch({ Records: ids.map((id) => sqsRecord(id)) });
}
