import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { LabError, longestEvent } from '@parallel-lambda/local-lambda';

import { tooLarge, refuseAsLambda } from './lambda-service.ts';
import { refuseAsJson } from './json-protocol.ts';
import { refuseInXml } from './cloudformation-service.ts';
import { readBody, ServiceError, type Service, type ServiceRequest } from './reply.ts';

/** The services behind the endpoint, by the name that requests are signed for. */
export type ServiceName = 'lambda' | 'cloudformation' | 'monitoring' | 'kinesis' | 'dynamodb' | 'kafka';

/** What answers requests. */
export interface Services {
  readonly services: Readonly<Record<ServiceName, Service>>;
  /** SQS, and STS's `GetCallerIdentity`, which answer by themselves. */
  readonly sqs: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * One port of this machine that speaks the protocols of several AWS services, told apart by what a request is signed
 * for. Nobody but this machine reaches it, and signatures are not checked.
 */
export class Endpoint implements AsyncDisposable {
  readonly #server: Server;
  #services: Services | undefined;

  private constructor() {
    this.#server = createServer({ noDelay: true }, (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        console.error(error);
        response.destroy();
      });
    });
    // A receive of SQS may wait for 20 s, an invocation for 15 minutes.
    Object.assign(this.#server, { requestTimeout: 0, keepAliveTimeout: 60_000 });
  }

  /**
   * Listens; what comes before {@link Endpoint.serve} waits for it.
   *
   * @param port 0 for a free one
   * @throws {LabError} `usage`, when the port is in use or may not be taken
   */
  static async listen(port: number): Promise<Endpoint> {
    const endpoint = new Endpoint();
    try {
      await once(endpoint.#server.listen(port, '127.0.0.1'), 'listening');
    } catch (error) {
      throw new LabError('usage', sentence(port, error as NodeJS.ErrnoException));
    }
    return endpoint;
  }

  /** Such as `http://127.0.0.1:4566`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  serve(services: Services): void {
    this.#services = services;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = serviceOf(incoming);
    if (name === 'sqs') {
      this.#services?.sqs(incoming, response);
      return;
    }
    const body = await readBody(incoming, longestEvent);
    const { method = '', headers, url = '/' } = incoming;
    const request = { method, url: new URL(url, this.url), headers, body: body ?? Buffer.alloc(0), response };
    try {
      if (!body) throw tooLarge(longestEvent);
      await this.#services?.services[name](request);
    } catch (error) {
      refuse(name, request, error);
    }
  }
}

function refuse(name: ServiceName, request: ServiceRequest, error: unknown): void {
  const known = error instanceof ServiceError ? error : ended(error);
  if (name === 'lambda') refuseAsLambda(request, known);
  else if (name === 'cloudformation') refuseInXml(request, known);
  else refuseAsJson(request, known);
}

/** A client whose invocation is cut off when the lab ends hears of it; anything else is a fault of this program. */
function ended(error: unknown): ServiceError {
  if (error instanceof LabError && error.code === 'closed') {
    return new ServiceError(503, 'ServiceException', error.message);
  }
  if (error instanceof SyntaxError) {
    return new ServiceError(400, 'SerializationException', error.message);
  }
  console.error(error);
  return new ServiceError(500, 'ServiceException', (error as Error).message);
}

const targets: Readonly<Record<string, ServiceName | 'sqs'>> = {
  AmazonSQS: 'sqs',
  GraniteServiceVersion20100801: 'monitoring',
  Kinesis_20131202: 'kinesis',
  DynamoDB_20120810: 'dynamodb',
};

/** By path and operation where they tell, as of requests that nobody signed; otherwise by what it is signed for. */
function serviceOf({ url = '', headers }: IncomingMessage): ServiceName | 'sqs' {
  if (url.startsWith('/2015-03-31/')) return 'lambda';
  if (url.startsWith('/topics/')) return 'kafka';
  const target = headers['x-amz-target'];
  const named = typeof target === 'string' ? targets[target.split('.')[0] ?? ''] : undefined;
  if (named) return named;
  const signedFor = /Credential=[^/]+\/\d+\/[\w-]+\/(\w+)\//.exec(headers.authorization ?? '')?.[1];
  return signedFor === 'cloudformation' ? signedFor : 'sqs';
}

function sentence(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: name another with --port, or --port 0 for a free one`;
  return `Port ${port} cannot be listened on: ${message}`;
}
