import type { OnProgress } from './run-trials.ts';

/** Receives the progress of a measurement. */
export interface Progress {
  readonly onProgress: OnProgress;
  /** Reports what happens next, in a few words. */
  say(text: string): void;
}
