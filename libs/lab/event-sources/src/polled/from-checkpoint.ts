import type { PolledRecord } from './polled-record.ts';

/**
 * What of a stream's batch comes again: from the lowest of the sequence numbers on, the checkpoint, everything.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export function fromCheckpoint<Stored extends PolledRecord>(
  records: readonly Stored[],
  failed: ReadonlySet<string>,
): readonly Stored[] {
  const checkpoint = records.findIndex(({ id }) => failed.has(id));
  return checkpoint === -1 ? [] : records.slice(checkpoint);
}
