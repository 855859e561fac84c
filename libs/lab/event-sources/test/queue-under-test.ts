import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

import { LocalSqs, SqsMapping, type MappedFunction, type SqsMappingOptions } from '../src/real-time/index.ts';

/** Options for a queue under test. The visibility timeout is in whole seconds, as in SQS. */
export interface QueueUnderTestOptions {
  readonly fifo?: boolean;
  readonly visibilitySeconds?: number;
  readonly maxReceiveCount?: number;
}

/** A queue of a local SQS with its dead-letter queue, behind a server, and the operations of a test. */
export class QueueUnderTest implements AsyncDisposable {
  readonly #sqs: LocalSqs;
  readonly #server: Server;
  readonly #suffix: string;
  readonly #visibilitySeconds: number;
  readonly client: SQSClient;
  readonly #mappings: SqsMapping[] = [];
  url = '';
  deadLetterUrl = '';

  private constructor(sqs: LocalSqs, server: Server, options: QueueUnderTestOptions) {
    this.#sqs = sqs;
    this.#server = server;
    this.#suffix = options.fifo ? '.fifo' : '';
    this.#visibilitySeconds = options.visibilitySeconds ?? 30;
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    this.client = new SQSClient({ endpoint, region: 'us-east-1', credentials });
  }

  static async create(options: QueueUnderTestOptions = {}): Promise<QueueUnderTest> {
    const sqs = await LocalSqs.start();
    const server = createServer(sqs.handle);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const queue = new QueueUnderTest(sqs, server, options);
    queue.deadLetterUrl = await queue.#create('dead', {});
    queue.url = await queue.#create('queue', {
      VisibilityTimeout: String(options.visibilitySeconds ?? 30),
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: queue.#arn('dead'),
        maxReceiveCount: options.maxReceiveCount ?? 5,
      }),
    });
    return queue;
  }

  /** Sends ten messages at most; of a FIFO queue a body's first letter is its group. */
  async send(...bodies: readonly string[]): Promise<void> {
    const Entries = bodies.map((MessageBody, index) => ({
      Id: String(index),
      MessageBody,
      ...(this.#suffix && { MessageGroupId: MessageBody.slice(0, 1), MessageDeduplicationId: MessageBody }),
    }));
    await this.client.send(new SendMessageBatchCommand({ QueueUrl: this.url, Entries }));
  }

  /** Begins to poll, until the end of the test. */
  map(invoke: MappedFunction, options: Partial<SqsMappingOptions> = {}): void {
    const mapping = new SqsMapping({
      client: this.client,
      queueUrl: this.url,
      queueArn: this.#arn('queue'),
      visibilityTimeoutMs: 1000 * this.#visibilitySeconds,
      batchSize: 10,
      windowMs: 0,
      reportBatchItemFailures: true,
      invoke,
      ...options,
    });
    this.#mappings.push(mapping);
  }

  /** Waits for a dead letter. */
  async deadLetter(): Promise<string | undefined> {
    const command = new ReceiveMessageCommand({ QueueUrl: this.deadLetterUrl, WaitTimeSeconds: 20 });
    const { Messages: [message] = [] } = await this.client.send(command);
    return message?.Body;
  }

  /** Returns the number of messages in the queue, hidden ones included. */
  async left(): Promise<number> {
    const { visible, hidden } = await this.#counts();
    return visible + hidden;
  }

  /** Returns the number of messages that have been received and are not deleted. */
  async hidden(): Promise<number> {
    return (await this.#counts()).hidden;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#mappings.map((mapping) => mapping[Symbol.asyncDispose]()));
    this.client.destroy();
    await this.#sqs[Symbol.asyncDispose]();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #create(name: string, attributes: Record<string, string>): Promise<string> {
    const QueueName = `${name}${this.#suffix}`;
    const Attributes = { ...attributes, ...(this.#suffix && { FifoQueue: 'true' }) };
    const { QueueUrl = '' } = await this.client.send(new CreateQueueCommand({ QueueName, Attributes }));
    return QueueUrl;
  }

  async #counts(): Promise<{ readonly visible: number; readonly hidden: number }> {
    const { Attributes = {} } = await this.client.send(
      new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: ['All'] }),
    );
    return {
      visible: Number(Attributes.ApproximateNumberOfMessages),
      hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    };
  }

  #arn(name: string): string {
    return `arn:aws:sqs:us-east-1:000000000000:${name}${this.#suffix}`;
  }
}
