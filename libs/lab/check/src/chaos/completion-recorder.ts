import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Counts finished messages outside of the functions. The last step of each message is a request to it, so it also counts
 * work whose response was lost. The query of a request can ask for a late answer, a 500 or no answer.
 */
export class CompletionRecorder implements AsyncDisposable {
  readonly #server: Server;
  readonly #counts = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #ending = new AbortController();

  private constructor() {
    this.#server = createServer({ noDelay: true }, ({ url = '' }, response) => {
      void this.#answer(new URL(url, 'http://recorder'), response);
    });
    Object.assign(this.#server, { keepAliveTimeout: 60_000 });
  }

  static async listen(): Promise<CompletionRecorder> {
    const recorder = new CompletionRecorder();
    await once(recorder.#server.listen(0, '127.0.0.1'), 'listening');
    return recorder;
  }

  /** Number of times that each message was processed. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  readonly urlOf = (id: string): string => {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${id}`;
  };

  async #answer({ pathname, searchParams }: URL, response: ServerResponse): Promise<void> {
    const id = pathname.slice(1);
    if (searchParams.has('hang')) return;
    const failures = this.#failures.get(id) ?? 0;
    const fail = searchParams.get('fail');
    if (fail !== null && (fail === 'always' || failures < Number(fail))) {
      this.#failures.set(id, failures + 1);
      response.writeHead(500).end();
      return;
    }
    const wait = searchParams.get('wait');
    const { signal } = this.#ending;
    if (wait !== null) await sleep(Number(wait), undefined, { signal }).catch(() => undefined);
    // A caller that has aborted or was killed gets no response, so its message is not finished.
    if (response.destroyed) return;
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    response.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
