/** Where the library logs: `console`, or any logger with these methods, such as those of Powertools or winston. */
export interface Logger {
  /** Logs messages that failed, with a bounded copy of the error. */
  error(message: string, error?: Error): unknown;
  /** Logs messages that were not processed because of the deadline, and options that do not fit. */
  warn(message: string, error?: Error): unknown;
}

/**
 * Logs a line. A logger that throws or rejects, or that cannot print the error, does not cost the batch its response.
 *
 * @param error is left out if the logger cannot print it
 */
export function log(logger: Logger, level: keyof Logger, message: string, error?: Error): void {
  try {
    const logged = error === undefined ? logger[level](message) : logger[level](message, error);
    Promise.resolve(logged).catch(() => undefined);
  } catch {
    if (error !== undefined) log(logger, level, message);
  }
}
