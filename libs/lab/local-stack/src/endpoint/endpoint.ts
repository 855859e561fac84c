import type { IncomingMessage, ServerResponse } from 'node:http';

import { LabError, maxEventBytes } from '@parallel-lambda/local-lambda';

import { checkSender } from './check-sender.ts';
import { HttpServer } from './http-server.ts';
import { tooLarge } from './lambda-service.ts';
import { NotServedError } from './not-served.ts';
import { passOn } from './pass-on.ts';
import { refuse } from './refuse.ts';
import { readBody, ServiceError, type Service } from './reply.ts';
import { requestedOperation, type RequestedOperation } from './requested-operation.ts';

/** Handler of requests. */
export interface Services {
  /** Services by the name that requests are signed for. */
  readonly services: ReadonlyMap<string, Service>;
  /** URLs of other endpoints that requests are passed on to, by the name that these are signed for. */
  readonly others: Readonly<Record<string, string>>;
  /** SQS answers requests in its JSON protocol itself. */
  readonly sqs: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Events of an endpoint. */
export interface EndpointEvents {
  /**
   * A request was refused because its service is not served here.
   *
   * @param caller the function that sent it, where that is known
   */
  readonly onNotServed?: ((error: NotServedError, caller: string | undefined) => void) | undefined;
  /** A fault of this program, which was returned to the client. */
  readonly onError: (error: unknown) => void;
}

/**
 * One port of this machine that supports the protocols of several AWS services, distinguished by the service that a request is signed
 * for. Only this machine reaches it, and signatures are not checked.
 */
export class Endpoint implements AsyncDisposable {
  readonly #server: HttpServer;
  readonly #events: EndpointEvents;
  readonly #serving = Promise.withResolvers<Services>();

  private constructor(events: EndpointEvents) {
    this.#events = events;
    this.#server = new HttpServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        events.onError(error);
        response.destroy();
      });
    });
  }

  /**
   * Listens; requests before {@link Endpoint.serve} wait for it.
   *
   * @param port 0 for a free one
   * @throws {LabError} `usage`, when the port is in use or may not be taken
   */
  static async listen(port: number, events: EndpointEvents): Promise<Endpoint> {
    const endpoint = new Endpoint(events);
    try {
      await endpoint.#server.listen(port);
    } catch (error) {
      throw new LabError('usage', sentence(port, error as NodeJS.ErrnoException));
    }
    return endpoint;
  }

  /** Such as `http://127.0.0.1:4566`. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }

  serve(services: Services): void {
    this.#serving.resolve(services);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers } = incoming;
    let operation: RequestedOperation = { service: 'unknown', operation: '', protocol: 'rest' };
    try {
      checkSender(headers);
      const { services, others, sqs } = await this.#serving.promise;
      const { method = '' } = incoming;
      const url = this.#urlOf(incoming);
      const asked = { method, path: url.pathname, headers };
      const known = requestedOperation(asked);
      operation = known ?? { ...operation, protocol: 'query' };
      if (known?.service === 'sqs' && known.protocol === 'json' && !others.sqs) {
        sqs(incoming, response);
        return;
      }
      const body = await readBody(incoming, maxEventBytes);
      if (!body) throw tooLarge(maxEventBytes);
      operation = requestedOperation(asked, body) ?? operation;
      const other = others[operation.service];
      if (other !== undefined) {
        await passOn(other, { method, url, headers, body, response });
        return;
      }
      const service = services.get(operation.service);
      if (!service) throw new NotServedError(operation);
      await service({ method, url, headers, operation, body, response });
    } catch (error) {
      const known = this.#serviceError(error);
      if (known instanceof NotServedError) this.#events.onNotServed?.(known, callerOf(incoming));
      refuse({ response, headers }, operation, known);
    }
  }

  /** @throws {ServiceError} 400 */
  #urlOf({ url = '/' }: IncomingMessage): URL {
    if (URL.canParse(url, this.url)) return new URL(url, this.url);
    throw new ServiceError(400, 'ValidationException', `The path ${url} is not part of a URL`);
  }

  /** Answers a client whose invocation is cut off when the lab ends; any other error is a fault of this program. */
  #serviceError(error: unknown): ServiceError {
    if (error instanceof ServiceError) return error;
    if (error instanceof URIError) {
      return new ServiceError(400, 'ValidationException', 'The path is not encoded as UTF-8');
    }
    if (error instanceof LabError && error.code === 'closed') {
      return new ServiceError(503, 'ServiceException', error.message);
    }
    this.#events.onError(error);
    return new ServiceError(500, 'ServiceException', (error as Error).message);
  }
}

/** A function's credentials contain its name. */
function callerOf({ headers }: IncomingMessage): string | undefined {
  const token = headers['x-amz-security-token'];
  return typeof token === 'string' ? token : undefined;
}

function sentence(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: choose another with --port, or --port 0 for a free port`;
  return `Cannot listen on port ${port}: ${message}`;
}
