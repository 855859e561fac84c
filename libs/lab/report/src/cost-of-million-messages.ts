import type { Architecture, Prices } from './prices-of.ts';

/** An invocation and its figures. */
export interface CostInput {
  /** Billed milliseconds of one invocation, INIT among them where it was cold. */
  readonly billedMs: number;
  /** The function's memory size in MB. */
  readonly memoryMb: number;
  readonly architecture: Architecture;
  /** Messages in the batch, at least 1. */
  readonly messages: number;
  readonly prices: Prices;
}

/**
 * Cost of Lambda for a million messages in such batches: GB-seconds of 1,024 MB and the
 * batches' share of requests.
 *
 * @returns US dollars
 * @see https://aws.amazon.com/lambda/pricing/
 */
export function costOfMillionMessages(input: CostInput): number {
  const { billedMs, memoryMb, architecture, messages, prices } = input;
  const gbSeconds = (billedMs / 1000) * (memoryMb / 1024);
  const invocation = gbSeconds * prices.gbSecond[architecture] + prices.millionRequests / 1_000_000;
  return (invocation / messages) * 1_000_000;
}
