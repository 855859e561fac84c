/**
 * What Lambda costs in us-east-1, in US dollars, without the free tier and volume discounts. The report of the
 * lab has the same figures of its own: nothing that is deployed may lean on it.
 *
 * @see https://aws.amazon.com/lambda/pricing/ (as of 2026-11)
 */
export const prices = {
  /** A second of 1,024 MB. */
  gbSecond: { arm64: '0.0000133334', x86_64: '0.0000166667' },
  request: '0.0000002',
} as const;
