/**
 * State of an execution environment: its INIT, an invocation, idle until the next one (`frozen`, or
 * `idle` on Managed Instances, which never freeze), or it is no more.
 */
export type EnvironmentState = 'initializing' | 'running' | 'frozen' | 'idle' | 'ended';

/** An execution environment at one moment. */
export interface EnvironmentSnapshot {
  /** Counted from 1, by function. */
  readonly id: number;
  /** Pid of its first process. */
  readonly pid: number | undefined;
  readonly state: EnvironmentState;
  /** Number of invocations so far. */
  readonly invocations: number;
}
