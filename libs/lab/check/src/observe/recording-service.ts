import { EventEmitter, once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { callText } from './call-text.ts';
import type { CallDecision, CallState, RecordedCall, ServiceAnswer } from './recorded-call.ts';
import { awsService } from './service-answer.ts';
import { ThreadConnection } from './thread-connection.ts';

/** Destination of a connection of the function. */
interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** Protocols in which the server sends first, by their usual port: nothing would ever be sent. */
const serverSpeaksFirst = new Set([21, 22, 25, 465, 587, 1433, 3306, 33060]);

const requestLine = /^[A-Z]+ /;
const http2Preface = 'PRI * HTTP/2';

/**
 * Every service that the function calls: its connections are redirected here. It records each request and answers it as
 * the check decides. HTTP only; other connections are named and broken.
 */
export class RecordingService implements AsyncDisposable {
  readonly #server = createServer((socket) => {
    this.#accept(socket);
  });
  readonly #http = createHttpServer((request, response) => {
    this.#hear(request, response).catch(() => undefined);
  });
  readonly #http2 = createHttp2Server((request, response) => {
    // Requests and responses of HTTP/2 have the parts of HTTP/1 that are used here.
    this.#hear(request as unknown as IncomingMessage, response as unknown as ServerResponse).catch(
      () => undefined,
    );
  });
  readonly #sockets = new Set<Socket>();
  readonly #targets = new WeakMap<object, Target>();
  readonly #open = new Map<number, ServerResponse>();
  readonly #states: CallState[] = [];
  readonly #events = new EventEmitter();
  /** Decides how to answer a call that was just received. */
  decide: (call: RecordedCall) => CallDecision = () => ({ kind: 'hold' });
  /** Is given each thread of the function that has connected. */
  onThread: (thread: ThreadConnection) => void = () => undefined;
  readonly calls: RecordedCall[] = [];
  readonly threads = new Set<ThreadConnection>();
  /** Environment variables that the function's own code has read and that are not set. */
  readonly missingVariables = new Set<string>();
  /** Addresses of the connections that were not HTTP, such as `db.example.com:5432`. */
  readonly notHttp = new Set<string>();

  static async open(): Promise<RecordingService> {
    const service = new RecordingService();
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  /** Host and port. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Calls without an answer at this moment, whose connection the function keeps open. */
  get openCalls(): readonly RecordedCall[] {
    return this.calls.filter((call) => this.stateOf(call) === 'open');
  }

  stateOf({ number }: RecordedCall): CallState {
    return this.#states[number] ?? 'open';
  }

  /** Settles when the next call is received, or a call is cancelled. */
  async changed(signal: AbortSignal): Promise<void> {
    await once(this.#events, 'change', { signal }).catch(() => undefined);
  }

  /** Answers a call that is held. */
  answer(call: RecordedCall, { status, headers, body }: ServiceAnswer): void {
    if (this.stateOf(call) !== 'open') return;
    this.#states[call.number] = 'answered';
    const response = this.#open.get(call.number);
    response?.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
    let received = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf('\n');
      if (end < 0) return;
      const { target } = JSON.parse(received.subarray(0, end).toString()) as { readonly target?: Target };
      const rest = received.subarray(end + 1);
      if (target && rest.length === 0 && !serverSpeaksFirst.has(target.port)) return;
      socket.off('data', onData).pause();
      if (rest.length > 0) socket.unshift(rest);
      if (target) this.#serve(socket, target, rest.toString('latin1', 0, 16));
      else this.#addThread(new ThreadConnection(socket, (variable) => this.missingVariables.add(variable)));
      this.#events.emit('change');
    };
    socket.on('data', onData);
  }

  #addThread(thread: ThreadConnection): void {
    this.threads.add(thread);
    this.onThread(thread);
  }

  #serve(socket: Socket, target: Target, start: string): void {
    this.#targets.set(socket, target);
    if (start.startsWith(http2Preface)) this.#http2.emit('connection', socket);
    else if (requestLine.test(start)) this.#http.emit('connection', socket);
    else {
      this.notHttp.add(`${target.host}:${target.port}`);
      socket.destroy();
      return;
    }
    socket.resume();
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const number = this.#states.push('open') - 1;
    this.#open.set(number, response);
    response.once('close', () => {
      this.#open.delete(number);
      if (this.#states[number] === 'open') this.#states[number] = 'cancelled';
      this.#events.emit('change');
    });
    const headers = textHeaders(request.headers);
    const url = urlOf(request.url ?? '', headers, this.#targets.get(request.socket));
    const text = callText(url, headers, body);
    const call = { number, method: request.method ?? '', url, headers, body, text };
    this.calls.push(call);
    const decision = this.decide(call);
    if (decision.kind === 'answer') this.answer(call, decision.answer);
    if (decision.kind === 'reset') {
      this.#states[number] = 'answered';
      request.socket.destroy();
    }
    this.#events.emit('change');
  }
}

function textHeaders(headers: IncomingMessage['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function urlOf(url: string, headers: Readonly<Record<string, string>>, target: Target | undefined): string {
  if (/^[a-z]+:\/\//.test(url)) return url;
  const scheme = headers[':scheme'] ?? (target?.tls ? 'https' : 'http');
  return `${scheme}://${headers.host ?? headers[':authority'] ?? target?.host ?? ''}${url}`;
}

/** Returns a call in a few words: the operation of an AWS service, or method and address. */
export function callName({ method, url, headers }: RecordedCall): string {
  const service = awsService({ headers });
  const target = headers['x-amz-target']?.split('.').at(-1);
  if (service !== undefined && target !== undefined) return `${service} ${target}`;
  return `${method} ${url.split('?')[0] ?? ''}`;
}
