import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Keeps count of what was done, outside of the functions: each message's last step is a request to it, so it hears of
 * work that was done although its response was lost.
 */
export class Witness implements AsyncDisposable {
  readonly #server: Server;
  readonly #counts = new Map<string, number>();

  private constructor() {
    this.#server = createServer({ noDelay: true }, ({ url = '' }, response) => {
      const id = url.slice(1);
      this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
      response.end();
    });
    Object.assign(this.#server, { keepAliveTimeout: 60_000 });
  }

  static async listen(): Promise<Witness> {
    const witness = new Witness();
    await once(witness.#server.listen(0, '127.0.0.1'), 'listening');
    return witness;
  }

  /** How often each message was done. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  readonly urlOf = (id: string): string => {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${id}`;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
