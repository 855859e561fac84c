import { EventEmitter, once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A server that holds its responses until they are released: messages that fetch from it are in flight until then.
 * It answers paths that start with `/pass` immediately.
 */
export class HoldingServer implements AsyncDisposable {
  readonly #server = createServer((request, response) => {
    const path = request.url ?? '';
    this.#arrived.push(path);
    if (path.startsWith('/pass')) response.end();
    else this.#held.push({ path, response });
    this.#mostHeld = Math.max(this.#mostHeld, this.#held.length);
    this.#arrivals.emit('arrival');
  });
  readonly #arrivals = new EventEmitter();
  readonly #arrived: string[] = [];
  #held: { readonly path: string; readonly response: ServerResponse }[] = [];
  #mostHeld = 0;

  static async listen(): Promise<HoldingServer> {
    const holding = new HoldingServer();
    await once(holding.#server.listen(0, '127.0.0.1'), 'listening');
    return holding;
  }

  /** The paths that were asked for, in the order of their arrival. */
  get arrived(): readonly string[] {
    return this.#arrived;
  }

  /** The maximum number of requests that were held at the same time. */
  get mostHeld(): number {
    return this.#mostHeld;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Fulfilled when this number of requests is held. */
  async untilHeld(count: number): Promise<void> {
    while (this.#held.length < count) await once(this.#arrivals, 'arrival');
  }

  /** Fulfilled when this path has been asked for. */
  async untilArrived(path: string): Promise<void> {
    while (!this.#arrived.includes(path)) await once(this.#arrivals, 'arrival');
  }

  /**
   * Answers requests that are held.
   *
   * @param which a path, or how many of those that have been held for longest. @default all
   */
  release(which: string | number = this.#held.length): void {
    const released =
      typeof which === 'number'
        ? this.#held.slice(0, which)
        : this.#held.filter(({ path }) => path === which);
    this.#held = this.#held.filter((held) => !released.includes(held));
    for (const { response } of released) response.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
