import type { FailedInvocation, SuccessfulInvocation } from './invocation-result.ts';
import type { InvokeOptions } from './local-function.ts';
import type { Report } from './report.ts';

/**
 * A function that can be invoked, wherever it is: `LocalFunction` is one on this machine, `RemoteFunction` one that
 * is deployed.
 */
export interface InvocableFunction extends AsyncDisposable {
  invoke(event: unknown, options?: InvokeOptions): Promise<Invocation>;
}

/**
 * How an invocation ended. Its report is `null` where a deployed function writes none into its log: at the system
 * log level `WARN`, or on Managed Instances.
 */
export type Invocation = (Omit<SuccessfulInvocation, 'report'> | Omit<FailedInvocation, 'report'>) & {
  readonly report: Report | null;
};
