import { prices, type Architecture } from './prices.ts';

/** What was invoked, and what it took. */
export interface CostInput {
  /** Billed milliseconds of one invocation. */
  readonly billedMs: number;
  /** The function's memory size in MB. */
  readonly memoryMb: number;
  readonly architecture: Architecture;
  /** Messages in the batch, at least 1. */
  readonly messages: number;
}

/**
 * What Lambda costs for a million messages that are worked on in such batches: GB-seconds of 1,024 MB and the
 * batches' share of requests.
 *
 * @returns US dollars
 */
export function costOfMillionMessages({ billedMs, memoryMb, architecture, messages }: CostInput): number {
  const gbSeconds = (billedMs / 1000) * (memoryMb / 1024);
  const invocation = gbSeconds * prices.gbSecond[architecture] + prices.request;
  return (invocation / messages) * 1_000_000;
}
