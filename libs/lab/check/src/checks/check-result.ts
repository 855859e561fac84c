import type { CheckId } from './check-ids.ts';

/** What a check has found. */
export interface CheckResult {
  readonly id: CheckId;
  /** `unknown` where nothing proves either. */
  readonly result: 'yes' | 'no' | 'unknown';
  /** What was delivered to the function. */
  readonly sent: string;
  /** What was seen, or why the result is unknown. */
  readonly seen: string;
  /** How the result is known. */
  readonly how: string;
}
