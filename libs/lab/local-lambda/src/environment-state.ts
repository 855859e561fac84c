/**
 * What an execution environment does: its INIT, an invocation, nothing at all until the next one (`frozen`, or
 * `idle` on Managed Instances, which never freeze), or it is no more.
 */
export type EnvironmentState = 'initializing' | 'running' | 'frozen' | 'idle' | 'ended';

/** An execution environment at one moment. */
export interface EnvironmentSnapshot {
  /** Counted from 1, by function. */
  readonly id: number;
  /** Of its first process. */
  readonly pid: number | undefined;
  readonly state: EnvironmentState;
  /** How many it was given so far. */
  readonly invocations: number;
}
