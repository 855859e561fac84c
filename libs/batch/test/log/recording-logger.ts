import type { Logger } from '../../src/index.ts';
import type { Outcome } from '../../src/outcome.ts';

/** A line as it was logged: level, text and error. */
export type Line = readonly [level: string, text: string, error?: Error | undefined];

/** A logger, and the lines that it got. */
export class RecordingLogger {
  readonly lines: Line[] = [];
  readonly logger: Logger = {
    error: (...line) => this.lines.push(['error', ...line]),
    warn: (...line) => this.lines.push(['warn', ...line]),
  };

  get texts(): readonly string[] {
    return this.lines.map(([, text]) => text);
  }
}

export const failed = (error: unknown): Outcome => ({ status: 'failed', error });
