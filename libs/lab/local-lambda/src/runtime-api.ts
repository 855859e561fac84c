import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Answer, InitAnswer, Invocation } from './invocation.ts';
import { parseError } from './parse-error.ts';
import { readBody } from './read-body.ts';
import { accept, refuse } from './runtime-api-reply.ts';

interface Current {
  readonly invocation: Invocation;
  readonly answered: PromiseWithResolvers<Answer>;
  handedOverAt?: number;
}

const base = '/2018-06-01/runtime';

/** The longest response, in bytes: 6 MB and a little, as Lambda counts it. */
const maxResponseBytes = 6_291_556;

/**
 * The Runtime API in front of one environment: for one invocation at a time, or for several as on Managed
 * Instances, where each of the runtime's threads asks for the next one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #server: Server;
  readonly #initialized = Promise.withResolvers<InitAnswer>();
  readonly #maxConcurrency: number | undefined;
  #initializing = true;
  /** Waiting events, in the order of arrival. */
  readonly #waiting: Current[] = [];
  /** Events without a response yet, by request id. */
  readonly #inFlight = new Map<string, Current>();
  /** The runtime's unanswered requests for the next event. */
  readonly #asking = new Set<ServerResponse>();
  #onAsked: (() => void) | undefined;

  private constructor(maxConcurrency: number | undefined) {
    this.#maxConcurrency = maxConcurrency;
    this.#server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
      // A connection that breaks is a runtime that has ended, which its environment notices anyway.
      this.#route(request, response).catch(() => response.destroy());
    });
    // A function may keep its connection idle for as long as it works.
    Object.assign(this.#server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  }

  /**
   * Starts to listen, on a free port of this machine's own interface.
   *
   * @param maxConcurrency maximum concurrent invocations of a runtime on Managed Instances.
   * @default one, and it may ask for the next only when that is answered
   */
  static async listen(maxConcurrency?: number): Promise<RuntimeApi> {
    const api = new RuntimeApi(maxConcurrency);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    api.#server.once('error', reject).listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    return api;
  }

  /** Host and port: the value of `AWS_LAMBDA_RUNTIME_API`. */
  get address(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `${address}:${port}`;
  }

  get initialized(): Promise<InitAnswer> {
    return this.#initialized.promise;
  }

  /**
   * Gives the runtime an event as soon as it asks for one.
   *
   * @returns settles with the runtime's answer, and never if it gives none
   */
  invoke(invocation: Invocation): Promise<Answer> {
    const busyWith = [...this.#inFlight.keys(), ...this.#waiting.map((one) => one.invocation.requestId)];
    if (busyWith.length >= (this.#maxConcurrency ?? 1))
      throw new Error(`Still busy with ${busyWith.join(', ')}`);
    const current: Current = { invocation, answered: Promise.withResolvers() };
    this.#waiting.push(current);
    this.#handOver();
    return current.answered.promise;
  }

  /** Settles when the runtime asks for an event while none is waiting: it has finished its work. */
  async asked(): Promise<void> {
    if (this.#asking.size > 0) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#onAsked = () => {
      resolve(undefined);
    };
    await promise;
  }

  /** Takes no answer to an invocation any more. */
  abandon(requestId: string): void {
    this.#inFlight.delete(requestId);
    const index = this.#waiting.findIndex(({ invocation }) => invocation.requestId === requestId);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  /** Ends the server and its connections. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    const [, requestId, answer] =
      /^\/invocation\/([^/]+)\/(response|error)$/.exec(url.slice(base.length)) ?? [];
    if (!url.startsWith(base)) refuse(response, 404, 'NotFound', `There is no ${url}`);
    else if (method === 'GET' && url === `${base}/invocation/next`) this.#onNext(response);
    else if (method === 'POST' && url === `${base}/init/error`) await this.#onInitError(request, response);
    else if (method === 'POST' && requestId && answer) {
      await this.#onAnswer(request, response, requestId, answer);
    } else refuse(response, 404, 'NotFound', `There is no ${method ?? ''} ${url}`);
  }

  #onNext(response: ServerResponse): void {
    if (this.#maxConcurrency === undefined && (this.#asking.size > 0 || this.#inFlight.size > 0)) {
      refuse(response, 403, 'InvalidStateTransition', 'The last event has not been answered yet');
      return;
    }
    this.#asking.add(response);
    // A thread of the runtime that has ended gets no event.
    response.once('close', () => this.#asking.delete(response));
    this.#initializing = false;
    this.#initialized.resolve({ kind: 'ready' });
    this.#handOver();
    if (this.#asking.size > 0) this.#onAsked?.();
  }

  async #onInitError(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, maxResponseBytes);
    if (!this.#initializing) {
      refuse(response, 403, 'InvalidStateTransition', 'INIT is over');
      return;
    }
    this.#initializing = false;
    accept(response);
    this.#initialized.resolve({ kind: 'error', error: parseError(body ?? '', errorTypeOf(request)) });
  }

  async #onAnswer(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    answer: string,
  ): Promise<void> {
    const body = await readBody(request, maxResponseBytes);
    const current = this.#inFlight.get(id);
    if (current?.handedOverAt === undefined) {
      refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
      return;
    }
    const durationMs = performance.now() - current.handedOverAt;
    this.#inFlight.delete(id);
    const { resolve } = current.answered;
    if (body === undefined) {
      const limit = `exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
      refuse(response, 413, 'RequestEntityTooLarge', `Payload ${limit}`);
      const error = {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size ${limit}`,
      };
      resolve({ kind: 'error', error, durationMs });
      return;
    }
    accept(response);
    if (answer === 'response') resolve({ kind: 'response', body, durationMs });
    else resolve({ kind: 'error', error: parseError(body, errorTypeOf(request)), durationMs });
  }

  #handOver(): void {
    const [response] = this.#asking;
    if (!response) return;
    const current = this.#waiting.shift();
    if (!current) return;
    const { invocation } = current;
    this.#asking.delete(response);
    this.#inFlight.set(invocation.requestId, current);
    const event = Buffer.from(invocation.event);
    current.handedOverAt = performance.now();
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': event.length,
      'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
      'Lambda-Runtime-Deadline-Ms': invocation.deadlineMs,
      'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
      'Lambda-Runtime-Trace-Id': invocation.traceId,
    });
    response.end(event);
  }
}

function errorTypeOf(request: IncomingMessage): string | undefined {
  const header = request.headers['lambda-runtime-function-error-type'];
  return typeof header === 'string' ? header : undefined;
}
