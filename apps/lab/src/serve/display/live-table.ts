import Table from 'cli-table3';
import ora, { type Ora } from 'ora';

import { milliseconds } from '@parallel-lambda/report';
import {
  queueCounts,
  type QueueCounts,
  type ServedFunction,
  type ServedInvocation,
  type StackServer,
} from '@parallel-lambda/local-stack/server';
import type { ServiceLocation, ServiceMap } from '@parallel-lambda/local-stack/server';
import type { Display } from './display.ts';
import { FunctionTally } from './function-tally.ts';
import { whereLines } from './where-lines.ts';

const intervalMs = 500;
const head = [
  '',
  'running',
  'frozen',
  'invoked',
  'failed',
  'last',
  'waiting',
  'in flight',
  'done',
  'again',
  'dead',
];

/** A row a function that changes as it works, on a terminal. */
export class LiveTable implements Display {
  readonly #tallies = new Map<string, FunctionTally>();
  readonly #counts = new Map<string, QueueCounts>();
  #spinner: Ora | undefined;
  #timer: NodeJS.Timeout | undefined;

  up(what: ServiceMap, server: StackServer): void {
    console.log(whereLines(what));
    const spinner = ora({ stream: process.stdout, discardStdin: false }).start();
    this.#spinner = spinner;
    const draw = (): void => {
      for (const place of Object.values(what.functions)) this.#count(place, server);
      spinner.text = `Ctrl-C ends it\n${this.#table([...server.functions.values()])}`;
    };
    draw();
    this.#timer = setInterval(draw, intervalMs).unref();
  }

  invocation(invocation: ServedInvocation): void {
    this.#tallyOf(invocation.function).add(invocation);
  }

  note(sentence: string): void {
    const text = this.#spinner?.text ?? '';
    this.#spinner?.stop();
    console.error(`lab: ${sentence}`);
    this.#spinner?.start(text);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    // The last table stays.
    this.#spinner?.stopAndPersist({ symbol: ' ' });
  }

  #count({ functionName, queueUrl, deadLetterQueueUrl }: ServiceLocation, { client }: StackServer): void {
    queueCounts(client, { queueUrl, deadLetterQueueUrl }).then(
      (counts) => this.#counts.set(functionName, counts),
      // The queue was deleted, or the server is ending: the last counts stay.
      () => undefined,
    );
  }

  #tallyOf(name: string): FunctionTally {
    const known = this.#tallies.get(name) ?? new FunctionTally();
    this.#tallies.set(name, known);
    return known;
  }

  #table(functions: readonly ServedFunction[]): string {
    const table = new Table({
      head,
      colAligns: ['left', ...head.slice(1).map(() => 'right' as const)],
      style: { head: [], border: [], compact: true },
    });
    table.push(...functions.map((served) => this.#row(served)));
    return table.toString();
  }

  #row({ name, environments }: ServedFunction): string[] {
    const { waiting, inFlight, deadLetters } = this.#counts.get(name) ?? {};
    const { invocations, failed, lastDurationMs, done, again } = this.#tallyOf(name);
    const frozen = environments.filter(({ state }) => state === 'frozen' || state === 'idle').length;
    return [
      name,
      String(environments.length - frozen),
      String(frozen),
      String(invocations),
      String(failed),
      lastDurationMs === undefined ? '-' : milliseconds(lastDurationMs),
      String(waiting ?? '-'),
      String(inFlight ?? '-'),
      String(done),
      String(again),
      String(deadLetters ?? '-'),
    ];
  }
}
