import { milliseconds, textTable } from '@parallel-lambda/report/terminal';

import { queueCounts, type QueueCounts } from '../queue-counts.ts';
import type { ServedInvocation } from '../served-invocation.ts';
import type { ServiceMap } from '../service-map.ts';
import type { StackServer } from '../stack-server.ts';

/** The invocations of a function since it is served. */
interface Tally {
  invocations: number;
  /** Invocations without a response. */
  failed: number;
  lastDurationMs: number | undefined;
  /** Messages of its mapping that are not redelivered: finished or parked. */
  done: number;
  /** Messages that were redelivered or discarded. */
  failedMessages: number;
}

/** Counts the invocations of each function of a served stack and the messages of its queues. */
export class StackTable {
  readonly #tallies = new Map<string, Tally>();
  readonly #counts = new Map<string, QueueCounts>();

  add({ function: name, result, batch }: ServedInvocation): void {
    const tally = this.#tallyOf(name);
    tally.invocations += 1;
    if (result.status !== 'success') tally.failed += 1;
    tally.lastDurationMs = result.report.durationMs;
    tally.done += batch ? batch.messages - batch.failed : 0;
    tally.failedMessages += batch?.failed ?? 0;
  }

  /** Starts to read the numbers of messages in the queues. A queue that cannot be read keeps its last numbers. */
  countMessages({ functions }: ServiceMap, { client }: StackServer): void {
    for (const location of Object.values(functions)) {
      queueCounts(client, location).then(
        (counts) => this.#counts.set(location.functionName, counts),
        () => undefined,
      );
    }
  }

  /** @param width columns of the terminal */
  text(server: StackServer, width: number): string {
    const right = (head: string) => ({ head, align: 'right' }) as const;
    const functions = [...server.functions.values()];
    const invocations = functions.map(({ name, environments }) => {
      const { invocations, failed, lastDurationMs } = this.#tallyOf(name);
      const frozen = environments.filter(({ state }) => state === 'frozen' || state === 'idle').length;
      const last = lastDurationMs === undefined ? '-' : milliseconds(lastDurationMs);
      return [name, ...[environments.length - frozen, frozen, invocations, failed].map(String), last];
    });
    const messages = functions.map(({ name }) => {
      const { done, failedMessages } = this.#tallyOf(name);
      const { waiting = '-', inFlight = '-', deadLetters = '-', parked = '-' } = this.#counts.get(name) ?? {};
      return [name, ...[waiting, inFlight, done, failedMessages, deadLetters, parked].map(String)];
    });
    return [
      textTable(
        [{ head: 'functions' }, ...['running', 'frozen', 'invocations', 'failed', 'last'].map(right)],
        invocations,
        width,
      ),
      textTable(
        [
          { head: 'messages' },
          ...['visible', 'in flight', 'done', 'failed', 'dead letters', 'parked'].map(right),
        ],
        messages,
        width,
      ),
    ].join('\n\n');
  }

  #tallyOf(name: string): Tally {
    const empty = { invocations: 0, failed: 0, lastDurationMs: undefined, done: 0, failedMessages: 0 };
    const tally = this.#tallies.get(name) ?? empty;
    this.#tallies.set(name, tally);
    return tally;
  }
}
