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

/**
 * An SQS that runs in this process (fauxqs) and supports the AWS SDK's protocol. It does not listen: whoever
 * has a server hands it that server's requests.
 */
export class LocalSqs implements AsyncDisposable {
  readonly #app: ReturnType<typeof buildApp>;

  private constructor(app: ReturnType<typeof buildApp>) {
    this.#app = app;
  }

  /** Makes one without queues. */
  static async start(): Promise<LocalSqs> {
    const app = buildApp({ logger: false });
    // It names queues by hosts that not every machine resolves; a queue is found by its URL's path alone.
    app.addHook('onSend', (request, _, payload: unknown, done) => {
      const { 'x-amz-target': target, host } = request.headers;
      const rewrite = typeof payload === 'string' && typeof target === 'string' && tellsUrls.test(target);
      const url = /http:\/\/sqs\.[\w-]+\.localhost(?::\d+)?\//g;
      done(null, rewrite ? payload.replaceAll(url, `http://${host ?? '127.0.0.1'}/`) : payload);
    });
    // What it cannot read, such as a body that is `null`, it throws of.
    app.setErrorHandler((error: Error, _, reply) => {
      const message = `The request does not match the SQS API: ${error.message}`;
      return reply.code(400).send(JSON.stringify({ __type: 'SerializationException', message }));
    });
    await app.ready();
    return new LocalSqs(app);
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

  /** Ends waiting receives; messages are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app.close();
  }
}
