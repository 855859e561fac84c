import type { CheckId } from './check-ids.ts';

/** Finding of a check. */
export interface CheckResult {
  readonly id: CheckId;
  /** `unknown` where nothing proves either. */
  readonly result: 'yes' | 'no' | 'unknown';
  /** Batch that was delivered to the function. */
  readonly sent: string;
  /** Observation, or the reason why the result is unknown. */
  readonly seen: string;
  /** Evidence of the result. */
  readonly how: string;
}
