import { findStack } from '../deployed-stack.ts';
import { makeDisplay } from './status-display.ts';
import { StackObserver } from './stack-observer.ts';
import { watchUntilDrained } from './watch-until-drained.ts';

/** What `lab status` is told. */
export interface StatusOptions {
  readonly watch?: boolean;
  readonly once?: boolean;
  readonly minutes: number;
  readonly stack: string;
  readonly json?: boolean;
}

/** Shows how queues, dead letters and functions stand: once, or until the queues are drained. */
export async function status(options: StatusOptions): Promise<void> {
  const { watch, once, json, minutes } = options;
  const observer = new StackObserver(await findStack(options.stack), minutes);
  using display = makeDisplay(minutes, json ?? false);
  if (watch ?? (!once && !json && process.stdout.isTTY)) await watchUntilDrained(observer, display);
  else display.end(await observer.look());
  display[Symbol.dispose]();
  if (observer.withoutMetrics !== undefined) {
    console.error(`lab: there are no metrics of the functions: ${observer.withoutMetrics}`);
  }
}
