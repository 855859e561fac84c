import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answer of the observer to a message: success or failure, held or at once, or no answer. */
export type Answer = 'succeed' | 'succeed at once' | 'fail' | 'fail at once' | 'never';

/** Start or answer of a call, in order of time. */
export interface CallEvent {
  readonly id: string;
  readonly what: 'began' | 'answered';
}

/**
 * Time without a new call after which the held calls are answered, in ms. The first period is long, since it shows how
 * many messages are in flight; later ones are short, because a batch may come in a hundred waves.
 */
const quietMs = { first: 250, later: 10 };

/**
 * An HTTP server that the function's work calls once per message, so it observes from outside which messages are in
 * flight. It holds its answers until no further message starts, so it sees the maximum number of messages in flight.
 */
export class CallObserver implements AsyncDisposable {
  readonly #server: Server;
  readonly #answerTo: (id: string) => Answer;
  readonly #held = new Map<ServerResponse, string>();
  readonly events: CallEvent[] = [];
  #open = 0;
  #peak = 0;
  #quietMs: number;
  #timer: NodeJS.Timeout | undefined;

  private constructor(answerTo: (id: string) => Answer, firstQuietMs: number) {
    this.#answerTo = answerTo;
    this.#quietMs = firstQuietMs;
    this.#server = createServer((request, response) => {
      this.#hear((request.url ?? '').slice(1), response);
    });
  }

  /**
   * Starts an observer on a free port of this machine.
   *
   * @param answerTo returns the answer to a message
   * @param firstQuietMs time without a new call after which the first calls are answered
   */
  static async open(
    answerTo: (id: string) => Answer,
    firstQuietMs: number = quietMs.first,
  ): Promise<CallObserver> {
    const observer = new CallObserver(answerTo, firstQuietMs);
    observer.#server.listen(0, '127.0.0.1');
    await once(observer.#server, 'listening');
    return observer;
  }

  /** URL that the message with this identifier requests. */
  url(id: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${id}`;
  }

  /** Messages in flight at this moment. */
  get open(): number {
    return this.#open;
  }

  /** Maximum number of messages in flight. */
  get peak(): number {
    return this.#peak;
  }

  /** Answers all held calls. */
  answerHeld(): void {
    clearTimeout(this.#timer);
    for (const [response, id] of this.#held) this.#answer(response, id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #hear(id: string, response: ServerResponse): void {
    this.events.push({ id, what: 'began' });
    this.#peak = Math.max(this.#peak, ++this.#open);
    response.once('close', () => {
      this.#open--;
      this.#held.delete(response);
    });
    const answer = this.#answerTo(id);
    if (answer === 'never') return;
    if (answer.endsWith('at once')) {
      this.#answer(response, id);
      return;
    }
    this.#held.set(response, id);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#quietMs = quietMs.later;
      this.answerHeld();
    }, this.#quietMs);
  }

  #answer(response: ServerResponse, id: string): void {
    this.#held.delete(response);
    this.events.push({ id, what: 'answered' });
    response.writeHead(this.#answerTo(id).startsWith('succeed') ? 200 : 500).end();
  }
}
