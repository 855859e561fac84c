import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

import { buildApp } from 'fauxqs';

/** The actions whose responses hold queues' URLs. */
const tellsUrls = /\.(?:CreateQueue|GetQueueUrl|ListQueues|ListDeadLetterSourceQueues)$/;

/** A request whose body was read. */
export interface ReadRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The response of an operation. */
export interface SqsOutput {
  /** HTTP's. */
  readonly status: number;
  /** JSON, or empty. */
  readonly body: string;
  /** Code and fault of an error in the query protocol, such as `AWS.SimpleQueueService.NonExistentQueue;Sender`. */
  readonly queryError?: string;
}

/**
 * An SQS emulator in this process (fauxqs) that supports the AWS SDK's protocol. It does not listen on a port: a server
 * passes it the requests.
 */
export class LocalSqs implements AsyncDisposable {
  readonly #app: ReturnType<typeof buildApp>;
  readonly #hidden: Set<string>;

  private constructor(app: ReturnType<typeof buildApp>, hidden: Set<string>) {
    this.#app = app;
    this.#hidden = hidden;
  }

  /** Makes one without queues. */
  static async start(): Promise<LocalSqs> {
    const app = buildApp({ logger: false });
    const hidden = new Set<string>();
    // It names queues by hosts that not every machine resolves; a queue is found by its URL's path alone.
    app.addHook('onSend', (request, _, payload: unknown, done) => {
      const { 'x-amz-target': target, host } = request.headers;
      const rewrite = typeof payload === 'string' && typeof target === 'string' && tellsUrls.test(target);
      const url = /http:\/\/sqs\.[\w-]+\.localhost(?::\d+)?\//g;
      const local = (text: string): string => text.replaceAll(url, `http://${host ?? '127.0.0.1'}/`);
      done(null, rewrite ? local(withoutQueues(hidden, payload)) : payload);
    });
    // What it cannot read, such as a body that is `null`, it throws of.
    app.setErrorHandler((error: Error, _, reply) => {
      const message = `The request does not match the SQS API: ${error.message}`;
      return reply.code(400).send(JSON.stringify({ __type: 'SerializationException', message }));
    });
    await app.ready();
    return new LocalSqs(app, hidden);
  }

  /** Leaves a queue out of `ListQueues`. */
  hide(name: string): void {
    this.#hidden.add(name);
  }

  /** Answers a request to SQS, in its JSON protocol. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    this.#app.routing(request, response);
  };

  /** Answers a request of the query protocol to SNS or STS. */
  async answer({ method, path, headers, body }: ReadRequest, response: ServerResponse): Promise<void> {
    const {
      statusCode,
      rawPayload,
      headers: own,
    } = await this.#app.inject({
      method: method as 'POST',
      url: path,
      headers,
      payload: body,
    });
    response.writeHead(statusCode, { 'Content-Type': String(own['content-type']) }).end(rawPayload);
  }

  /**
   * Runs an operation of SQS.
   *
   * @param operation such as `SendMessage`
   * @param host with which the URLs of queues in the output begin, such as `127.0.0.1:4566`
   */
  async call(operation: string, input: object, host: string): Promise<SqsOutput> {
    const { statusCode, body, headers } = await this.#app.inject({
      method: 'POST',
      url: '/',
      headers: {
        host,
        'x-amz-target': `AmazonSQS.${operation}`,
        'content-type': 'application/x-amz-json-1.0',
      },
      payload: JSON.stringify(input),
    });
    const { 'x-amzn-query-error': queryError } = headers;
    return { status: statusCode, body, ...(typeof queryError === 'string' && { queryError }) };
  }

  /** Ends waiting receives; messages are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app.close();
  }
}

/** Removes queues from the response to `ListQueues`, the only one with `QueueUrls`. */
function withoutQueues(hidden: ReadonlySet<string>, payload: string): string {
  const response = JSON.parse(payload) as { readonly QueueUrls?: readonly string[] };
  if (!response.QueueUrls) return payload;
  const shown = response.QueueUrls.filter((url) => !hidden.has(url.slice(url.lastIndexOf('/') + 1)));
  return JSON.stringify({ ...response, QueueUrls: shown });
}
