import type { FailedInvocation, SuccessfulInvocation } from './invocation-result.ts';
import type { Report } from './report.ts';

/**
 * A function that can be invoked, wherever it is: `LocalFunction` is one on this machine, `RemoteFunction` one that
 * is deployed.
 */
export interface InvocableFunction extends AsyncDisposable {
  /** @param options `onLog` receives each entry of the log, without a line end */
  invoke(
    event: unknown,
    options?: { readonly onLog?: ((entry: string) => void) | undefined },
  ): Promise<Invocation>;
}

/**
 * Result of an invocation. Its report is `null` if a deployed function writes none into its log: at the system
 * log level `WARN`, or on Managed Instances.
 */
export type Invocation = (Omit<SuccessfulInvocation, 'report'> | Omit<FailedInvocation, 'report'>) & {
  readonly report: Report | null;
};
