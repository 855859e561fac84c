import type { OnLog } from './log/log-source.ts';

/** Options of an invocation. */
export interface InvokeOptions {
  /** Receives each entry of the log. @default none */
  readonly onLog?: OnLog | undefined;
  /**
   * Ends the invocation after 900 seconds even if the function may run longer, as Lambda does if the caller waits for the
   * response. Asynchronous events and batches of a mapping may run up to 5,400 seconds on Managed Instances.
   *
   * @default false
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
   */
  readonly synchronous?: boolean | undefined;
}
