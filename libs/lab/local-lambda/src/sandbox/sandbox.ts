/**
 * What holds the processes of one environment together: all that it starts is frozen, thawed, measured and
 * killed as one.
 */
export interface Sandbox {
  /** The most memory that it has been seen to hold, in MB, rounded up. */
  readonly maxMemoryMb: number;

  /** Takes in the environment's first process, and with it whatever that starts. */
  enter(pid: number): void;

  /** Looks how much memory it holds. */
  measure(): void;

  /** What its processes have computed so far, in milliseconds of one CPU; nothing where that cannot be told. */
  cpuTimeMs(): number | undefined;

  /** Stops every process, all threads and timers included. */
  freeze(): void;

  /** Lets them go on. */
  thaw(): void;

  /** Kills every process, frozen ones too. */
  kill(): void;

  /** Leaves no trace of it, once its processes have ended. */
  remove(): void;
}
