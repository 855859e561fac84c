import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Answers a request of HTTP/1.1 or HTTP/2. */
export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** The first bytes of a connection with HTTP/2. No method of HTTP/1.1 begins with them. */
const http2Preface = 'PRI';

/**
 * A server for HTTP/1.1 and HTTP/2 without TLS on one port. AWS clients for Kinesis use HTTP/2 only, and inform the server
 * so by their first bytes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113.html#name-starting-http-2-with-prior-
 */
export class HttpServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(listener: RequestListener) {
    const http = createServer(listener);
    // A receive of SQS may wait for 20 s, an invocation for 15 minutes.
    Object.assign(http, { requestTimeout: 0, keepAliveTimeout: 60_000 });
    const http2 = createHttp2Server((request, response) => {
      request.headers.host ??= request.headers[':authority'];
      // They have the parts of HTTP/1.1's that are used here.
      listener(request as unknown as IncomingMessage, response as unknown as ServerResponse);
    });
    // A client that disconnects is not a fault of the server.
    http2.on('sessionError', () => undefined);
    this.#server = createSocketServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.once('error', () => undefined);
      socket.once('data', (first: Buffer) => {
        socket.pause();
        socket.unshift(first);
        if (first.subarray(0, http2Preface.length).toString('latin1') === http2Preface) {
          // It reads buffered data in the next tick.
          http2.emit('connection', socket);
        } else {
          http.emit('connection', socket);
          socket.resume();
        }
      });
    });
  }

  /** The port that it listens at. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /**
   * Starts to listen on this machine only.
   *
   * @param port 0 for a free one
   */
  async listen(port: number): Promise<void> {
    await once(this.#server.listen(port, '127.0.0.1'), 'listening');
  }

  /** Closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
