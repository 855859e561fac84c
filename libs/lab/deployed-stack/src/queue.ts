import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SQSClient,
  type BatchResultErrorEntry,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';

import { clientSettings, responseFrom } from './aws.ts';

/** The approximate numbers of messages in a queue. */
export interface QueueDepth {
  /** Waiting to be received. */
  readonly visible: number;
  /** Received, and neither deleted nor visible again. */
  readonly inFlight: number;
  readonly delayed: number;
}

/** Creates a client that uses the SDK's endpoint, not the one in the URL of a queue. */
export function sqsClient(): SQSClient {
  return new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false });
}

/** A queue of a deployed stack. Its requests throw a {@link LabError}. */
export class Queue {
  readonly url: string;
  readonly #client: SQSClient;
  readonly #name: string;

  /** @param name for errors, such as `The queue of promises` */
  constructor(client: SQSClient, url: string, name: string) {
    this.#client = client;
    this.url = url;
    this.#name = name;
  }

  get isFifo(): boolean {
    return this.url.endsWith('.fifo');
  }

  async depth(): Promise<QueueDepth> {
    const command = new GetQueueAttributesCommand({
      QueueUrl: this.url,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    });
    const { Attributes = {} } = await this.#response(this.#client.send(command));
    return {
      visible: Number(Attributes.ApproximateNumberOfMessages),
      inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
      delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
    };
  }

  /** @returns the messages that were not accepted */
  async send(entries: SendMessageBatchRequestEntry[]): Promise<readonly BatchResultErrorEntry[]> {
    const command = new SendMessageBatchCommand({ QueueUrl: this.url, Entries: entries });
    const { Failed = [] } = await this.#response(this.#client.send(command));
    return Failed;
  }

  #response<T>(request: Promise<T>): Promise<T> {
    const missing = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];
    return responseFrom(`${this.#name}, ${this.url},`, request, missing);
  }
}
