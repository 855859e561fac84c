import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
  type BatchResultErrorEntry,
  type Message,
  type QueueAttributeName,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';

import { clientSettings } from './client-settings.ts';
import { unlessMissing } from './missing.ts';

/** How many messages a queue holds, as far as SQS knows: its figures settle within a minute. */
export interface QueueDepth {
  /** To be received. */
  readonly visible: number;
  /** Received, and neither deleted nor visible again. */
  readonly inFlight: number;
  readonly delayed: number;
}

/** A client for queues. They are asked for where the SDK's other services are, not where their URL says. */
export function sqsClient(): SQSClient {
  return new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false });
}

/** A queue of a deployed stack. Whatever is asked of it throws a {@link LabError} that says what to do. */
export class DeployedQueue {
  readonly url: string;
  readonly #client: SQSClient;
  readonly #name: string;

  /** @param name of the queue in a sentence: `The queue of promises` */
  constructor(client: SQSClient, url: string, name: string) {
    this.#client = client;
    this.url = url;
    this.#name = name;
  }

  get isFifo(): boolean {
    return this.url.endsWith('.fifo');
  }

  async depth(): Promise<QueueDepth> {
    const [visible, inFlight, delayed] = await this.#attributes(
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    );
    return { visible: Number(visible), inFlight: Number(inFlight), delayed: Number(delayed) };
  }

  async arn(): Promise<string> {
    const [arn = ''] = await this.#attributes('QueueArn');
    return arn;
  }

  /** @returns those that were not taken */
  async send(entries: SendMessageBatchRequestEntry[]): Promise<readonly BatchResultErrorEntry[]> {
    const command = new SendMessageBatchCommand({ QueueUrl: this.url, Entries: entries });
    const { Failed = [] } = await this.#answer(this.#client.send(command));
    return Failed;
  }

  /**
   * @param most at most 10
   * @param hiddenSeconds how long they are not received again
   */
  async receive(most: number, hiddenSeconds: number): Promise<readonly Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.url,
      MaxNumberOfMessages: most,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
      VisibilityTimeout: hiddenSeconds,
      // Asks all of SQS's servers, so that an answer of none means that there is none.
      WaitTimeSeconds: 1,
    });
    const { Messages = [] } = await this.#answer(this.#client.send(command));
    return Messages;
  }

  /** @returns those that were not deleted */
  async delete(messages: readonly Message[]): Promise<readonly BatchResultErrorEntry[]> {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const command = new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries });
    const { Failed = [] } = await this.#answer(this.#client.send(command));
    return Failed;
  }

  async #attributes(...names: QueueAttributeName[]): Promise<readonly (string | undefined)[]> {
    const command = new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: names });
    const { Attributes = {} } = await this.#answer(this.#client.send(command));
    return names.map((name) => Attributes[name]);
  }

  #answer<T>(asked: Promise<T>): Promise<T> {
    const gone = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];
    return unlessMissing(`${this.#name}, ${this.url},`, asked, gone);
  }
}
