import type { InvocationResult } from './event-source.ts';

/** Failures of a batch: all of it failed, or these messages did. */
export type Failures = 'all' | ReadonlySet<string>;

/** Options for reading responses. */
export interface ReadFailuresOptions {
  /** True if the mapping has `ReportBatchItemFailures` set; without it a response is not read at all. */
  readonly reportBatchItemFailures: boolean;
  /** Finds the message of the batch that an item identifier names, or nothing. */
  readonly find: (itemIdentifier: unknown) => string | undefined;
}

/**
 * Reads the response of an invocation to its batch, as AWS documents it: an empty or null list or response is complete
 * success, and so is one under a wrong top-level key; an identifier that is empty, null, under a wrong key or not of
 * the batch is complete failure. Where the documentation is silent (a list that is not a list; an unknown sequence
 * number) nothing is taken for success.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function readFailures(
  result: InvocationResult,
  { reportBatchItemFailures, find }: ReadFailuresOptions,
): Failures {
  if (result.kind !== 'response') return 'all';
  const failures = new Set<string>();
  if (!reportBatchItemFailures) return failures;
  const items = read(result.payload, 'batchItemFailures') ?? [];
  if (!Array.isArray(items)) return 'all';
  for (const item of items as readonly unknown[]) {
    const messageId = find(read(item, 'itemIdentifier'));
    if (messageId === undefined) return 'all';
    failures.add(messageId);
  }
  return failures;
}

function read(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
