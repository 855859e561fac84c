/** Where an entry of a log comes from. */
export interface LogSource {
  readonly requestId: string;
  /** Whether Lambda itself wrote the entry, such as `START` and `REPORT`, not the function. */
  readonly platform: boolean;
}

/** Receives each entry of an invocation's log as it is written, without a line end. */
export type OnLog = (entry: string, source: LogSource) => void;
