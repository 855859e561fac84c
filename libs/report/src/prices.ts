/** A Lambda function's processor architecture. */
export type Architecture = 'arm64' | 'x86_64';

/**
 * What Lambda costs in us-east-1, in US dollars, without the free tier and volume discounts.
 *
 * @see https://aws.amazon.com/lambda/pricing/ (as of 2026-11)
 */
export const prices = {
  /** A second of 1,024 MB. */
  gbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  request: 0.2 / 1_000_000,
} as const satisfies { gbSecond: Record<Architecture, number>; request: number };
