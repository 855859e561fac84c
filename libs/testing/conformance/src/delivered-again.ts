import type { SourceUnderTest } from './sources-under-test.ts';

/** What a model knows of a message. */
export interface ModelMessage {
  readonly succeeds: boolean;
  readonly group: string;
}

/**
 * The model that every technique is compared with: which messages of a batch must be in its response. Written from
 * what AWS says of its sources, in the plainest way, apart from the library.
 *
 * - A stream's response names the first record that failed, for it and all after it come again.
 * - Where a group is in order, a failure stops its group: the failed message and all after it in the group.
 * - Else what failed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 * @returns positions in the batch
 */
export function deliveredAgain(
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
