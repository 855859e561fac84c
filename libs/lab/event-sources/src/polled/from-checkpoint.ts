import type { PolledRecord } from './polled-record.ts';

/**
 * Returns the records of a stream's batch that are redelivered: all from the checkpoint on, the lowest failed number.
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
