import type { SourceUnderTest } from '../sources/sources-under-test.ts';

/** The input of the model per message. */
export interface ModelMessage {
  readonly succeeds: boolean;
  readonly group: string;
}

/**
 * Models which messages of a batch must be in its response. It follows the AWS documentation, independent of the
 * library.
 *
 * - Streams: only the first record that failed, because the stream redelivers it and everything after it.
 * - Sources with ordered groups: each failed message and everything after it in its group.
 * - Other sources: the failed messages.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 * @returns positions in the batch
 */
export function expectedRedeliveries(
  { ordered, checkpoint }: SourceUnderTest,
  messages: readonly ModelMessage[],
): readonly number[] {
  const positions = [...messages.keys()];
  const failing = positions.filter((position) => !messages[position]?.succeeds);
  if (checkpoint) return failing.slice(0, 1);
  if (!ordered) return failing;
  return positions.filter((position) =>
    failing.some((failed) => failed <= position && messages[failed]?.group === messages[position]?.group),
  );
}
