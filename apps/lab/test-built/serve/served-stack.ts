import path from 'node:path';

import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type Message,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import { readStacks, type Stack } from '@parallel-lambda/local-stack';
import {
  queueCounts,
  serviceMap,
  StackServer,
  withSettings,
  type QueueCounts,
  type ServedInvocation,
  type ServiceLocation,
} from '@parallel-lambda/local-stack/server';

import { runtimeUnderTest } from '../runtime-under-test.ts';

export const assemblyFolder = path.resolve(import.meta.dirname, '../../../../infra/cdk.out');

/** Options with which a test serves the stack: a message is redelivered after a second, and no batch waits to be full. */
export interface ServedStackOptions {
  readonly assembly?: string;
  readonly concurrency?: number;
  /** Invocations at a time in one environment. */
  readonly perEnvironment?: number;
  readonly visibilityTimeout?: number;
  /** Receives after which a message is a dead letter. */
  readonly receives?: number;
}

/** The synthesized stack, served for one test. */
export class ServedStack implements AsyncDisposable {
  readonly server: StackServer;
  readonly invocations: ServedInvocation[];
  readonly #places: Readonly<Record<string, ServiceLocation>>;

  private constructor(server: StackServer, invocations: ServedInvocation[], stacks: readonly Stack[]) {
    this.server = server;
    this.invocations = invocations;
    this.#places = serviceMap(server.endpoint, stacks, [...server.functions.keys()]).functions;
  }

  static async start(options: ServedStackOptions = {}): Promise<ServedStack> {
    const {
      assembly = assemblyFolder,
      concurrency = 3,
      perEnvironment,
      visibilityTimeout = 1,
      receives,
    } = options;
    const read = withSettings(await readStacks(assembly), { visibilityTimeout, window: 0 });
    const stacks =
      receives === undefined ? read.stacks : read.stacks.map((stack) => withReceives(stack, receives));
    const invocations: ServedInvocation[] = [];
    const server = await StackServer.start(
      { ...read, stacks },
      {
        port: 0,
        functionOptions: { ...runtimeUnderTest.options, concurrency, maxConcurrency: perEnvironment },
        onInvocation: (invocation) => invocations.push(invocation),
        onError: (error) => {
          throw error;
        },
      },
    );
    return new ServedStack(server, invocations, stacks);
  }

  /** Sends messages to a function's queue, ten at most. */
  async send(name: string, entries: readonly Omit<SendMessageBatchRequestEntry, 'Id'>[]): Promise<void> {
    const Entries = entries.map((entry, index) => ({ Id: String(index), ...entry }));
    await this.server.client.send(
      new SendMessageBatchCommand({ QueueUrl: this.#places[name]?.queueUrl, Entries }),
    );
  }

  /** Waits for a function's dead letter. */
  async deadLetter(name: string): Promise<Message | undefined> {
    return this.#receive(this.#places[name]?.deadLetterQueueUrl);
  }

  /** Waits for a message that a function has parked. */
  async parkedMessage(name: string): Promise<Message | undefined> {
    return this.#receive(this.#places[name]?.parkingQueueUrl);
  }

  /** Counts the messages of a function's queues. */
  async counts(name: string): Promise<QueueCounts> {
    return queueCounts(this.server.client, this.#places[name] ?? {});
  }

  async #receive(url: string | undefined): Promise<Message | undefined> {
    const { Messages: [message] = [] } = await this.server.client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return message;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

function withReceives(stack: Stack, receives: number): Stack {
  const queues = stack.queues.map(({ attributes: { RedrivePolicy, ...attributes }, ...queue }) => {
    if (RedrivePolicy === undefined) return { ...queue, attributes };
    const policy = { ...(JSON.parse(RedrivePolicy) as object), maxReceiveCount: receives };
    return { ...queue, attributes: { ...attributes, RedrivePolicy: JSON.stringify(policy) } };
  });
  return { ...stack, queues };
}
