/** Origin of a log entry. */
export interface LogSource {
  readonly requestId: string;
  /** True if Lambda itself wrote the entry, such as `START` and `REPORT`. */
  readonly platform: boolean;
}

/** Receives each entry of an invocation's log as it is written, without a line end. */
export type OnLog = (entry: string, source: LogSource) => void;
