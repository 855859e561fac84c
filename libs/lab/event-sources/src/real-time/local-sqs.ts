import type { IncomingMessage, ServerResponse } from 'node:http';

import { buildApp } from 'fauxqs';

/** The actions whose responses hold queues' URLs. */
const tellsUrls = /\.(?:CreateQueue|GetQueueUrl|ListQueues|ListDeadLetterSourceQueues)$/;

/**
 * An SQS that runs in this process (fauxqs) and speaks the AWS SDK's protocol. It listens nowhere by itself: whoever
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
    await app.ready();
    return new LocalSqs(app);
  }

  /** Answers a request to SQS. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    this.#app.routing(request, response);
  };

  /** Ends waiting receives; messages are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app.close();
  }
}
