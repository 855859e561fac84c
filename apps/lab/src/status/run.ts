import {
  findStack,
  StackObserver,
  type StatusDisplay,
  type TechniqueStatus,
  watchUntilDrained,
  withoutBacklog,
} from '@parallel-lambda/deployed-stack';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import type { StatusOptions } from './command.ts';
import { makeDisplay } from './display.ts';

/** Shows queues, dead letters and metrics: once, or until the queues are drained. */
export async function run(options: StatusOptions): Promise<ExitCode> {
  const { watch, once, json, minutes } = options;
  const observer = new StackObserver(await findStack(options.stack), minutes);
  using display = makeDisplay(minutes, json ?? false);
  const watching = watch ?? (!once && !json && process.stdout.isTTY);
  const statuses = watching ? await watchUntilDrained(observer, display) : await lookOnce(observer, display);
  display[Symbol.dispose]();
  tellWithoutBacklog(statuses);
  if (observer.withoutMetrics !== undefined) {
    console.error(`lab: there are no metrics of the functions: ${observer.withoutMetrics}`);
  }
  return exitCode.success;
}

async function lookOnce(
  observer: StackObserver,
  display: StatusDisplay,
): Promise<readonly TechniqueStatus[]> {
  const statuses = await observer.look();
  display.end(statuses);
  return statuses;
}

function tellWithoutBacklog(statuses: readonly TechniqueStatus[]): void {
  const names = withoutBacklog(statuses).map((status) => status.function);
  if (names.length === 0) return;
  console.error(
    `lab: ${names.join(', ')}: a stream or topic tells no backlog, so whether it is drained is not known; ` +
      'behind is how long the last record of a batch had waited (streams).',
  );
}
