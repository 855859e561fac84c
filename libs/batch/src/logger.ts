import { readable } from './loggable-error.ts';

/** A logger: `console`, or any object with these methods, such as the logger of Powertools or winston. */
export interface Logger {
  /** Logs messages that failed, with a bounded copy of the error. */
  error(message: string, error?: Error): unknown;
  /** Logs messages that were not processed because of the deadline, and unsuitable options. */
  warn(message: string, error?: Error): unknown;
}

/**
 * Logs a line. A logger that throws or rejects, or that cannot print the error, does not cost the batch its response.
 *
 * @param error is logged as a bounded copy; it is left out if it is not an error, or the logger cannot print it
 */
export function log(logger: Logger, level: keyof Logger, message: string, error?: unknown): void {
  const copy = readable(error);
  try {
    const logged = copy ? logger[level](message, copy) : logger[level](message);
    Promise.resolve(logged).catch(() => undefined);
  } catch {
    if (copy) log(logger, level, message);
  }
}
