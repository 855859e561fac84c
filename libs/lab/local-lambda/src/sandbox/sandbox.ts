/**
 * Container of the processes of one environment: everything that it starts is frozen, thawed, measured and
 * killed as one.
 */
export interface Sandbox {
  /** The most memory that it has been seen to hold, in MB, rounded up. */
  readonly maxMemoryMb: number;

  /** Adds the environment's first process, and all processes that it starts. */
  enter(pid: number): void;

  /** Looks how much memory it holds. */
  measure(): void;

  /** CPU time of its processes so far, in milliseconds of one CPU; undefined if it is unknown. */
  cpuTimeMs(): number | undefined;

  /** Stops every process, all threads and timers included. */
  freeze(): void;

  /** Lets them continue. */
  thaw(): void;

  /** Kills every process, frozen ones too. */
  kill(): void;

  /** Leaves no trace of it, once its processes have ended. */
  remove(): void;
}
