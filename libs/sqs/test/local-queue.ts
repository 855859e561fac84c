import { SQS } from '@aws-sdk/client-sqs';
import type { SqsRecord } from '@parallel-lambda/event-sources';
import { startFauxqs, type FauxqsServer } from 'fauxqs';

type QueueMessages = NonNullable<ReturnType<FauxqsServer['inspectQueue']>>['messages'];

/** Queues that support the SQS protocol, in this process. */
export class LocalQueues implements AsyncDisposable {
  readonly client: SQS;
  readonly #server: FauxqsServer;

  private constructor(server: FauxqsServer) {
    this.#server = server;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    this.client = new SQS({ endpoint: server.address, region: 'us-east-1', credentials });
  }

  static async start(): Promise<LocalQueues> {
    return new LocalQueues(await startFauxqs({ port: 0, logger: false }));
  }

  get address(): string {
    return this.#server.address;
  }

  /** Creates a queue and returns its URL. */
  create(name: string, attributes: Record<string, string> = {}): string {
    const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
    return this.#server.createQueue(name, {
      attributes: { VisibilityTimeout: '180', ...fifo, ...attributes },
    }).queueUrl;
  }

  /** Receives messages as Lambda does, and returns its event. */
  async receive(queueUrl: string): Promise<{ readonly Records: SqsRecord[] }> {
    const { Messages = [] } = await this.client.receiveMessage({
      ...{ QueueUrl: queueUrl, MaxNumberOfMessages: 10 },
      ...{ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] },
    });
    const name = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
    const Records = Messages.map(
      ({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes = {} }) => ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: Attributes,
        messageAttributes: Object.fromEntries(
          Object.entries(MessageAttributes).map(([key, { DataType, StringValue, BinaryValue }]) => [
            key,
            {
              dataType: DataType,
              stringValue: StringValue,
              binaryValue: BinaryValue && Buffer.from(BinaryValue).toString('base64'),
            },
          ]),
        ),
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${name}`,
        awsRegion: 'us-east-1',
      }),
    );
    return { Records: Records as unknown as SqsRecord[] };
  }

  /** Returns the messages of a queue that were not received, in their order. */
  waiting(name: string): QueueMessages['ready'] {
    return this.#server.inspectQueue(name)?.messages.ready ?? [];
  }

  /** Returns the messages of a queue that were received and not deleted. */
  inflight(name: string): QueueMessages['inflight'] {
    return this.#server.inspectQueue(name)?.messages.inflight ?? [];
  }

  /** Returns in how many seconds each received message becomes visible, rounded to 10, by its body. */
  hiddenSeconds(name: string): Record<string, number> {
    return Object.fromEntries(
      this.inflight(name).map(({ message, visibilityDeadline }) => [
        message.body,
        Math.round((visibilityDeadline - Date.now()) / 10_000) * 10,
      ]),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.destroy();
    await this.#server.stop();
  }
}
