import { setTimeout as sleep } from 'node:timers/promises';

import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { RecordFilter } from '../filter/record-filter.ts';
import { readFailures } from '../read-failures.ts';
import { BatchGatherer } from './batch-gatherer.ts';
import { ConcurrencyGrowth, type ProvisionedPollers } from './concurrency-growth.ts';
import { invokeUntilTaken } from './invoke-until-taken.ts';
import type { MappedFunction, MappingEvents } from './mapped-function.ts';
import type { ReceivedMessage } from './received-message.ts';

/** A queue and its event source mapping. */
export interface SqsMappingOptions extends MappingEvents {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  /** Visibility timeout of the queue, in milliseconds: then a throttled batch is visible again. */
  readonly visibilityTimeoutMs: number;
  /** Messages a batch: 1 to 10,000, of a FIFO queue 1 to 10. */
  readonly batchSize: number;
  /** 0 to 300,000 ms. */
  readonly windowMs: number;
  /** Concurrent batches. @default grows from 5 to 1,250 */
  readonly maximumConcurrency?: number | undefined;
  /** Event pollers of the provisioned mode, which exclude a maximum concurrency. @default none */
  readonly provisionedPollers?: ProvisionedPollers | undefined;
  readonly reportBatchItemFailures: boolean;
  /** Returns whether the function receives a message; others are deleted. @default it receives all */
  readonly accepts?: RecordFilter | undefined;
  readonly invoke: MappedFunction;
}

const maxDeletes = 10;
const pauseAfterErrorMs = 1_000;

/**
 * Polls a queue as Lambda's event source mapping does, with the AWS SDK: gathers batches, invokes the function with
 * as many at a time as allowed, deletes finished messages and leaves the others to the queue, which redelivers them when
 * their visibility timeout ends, or moves them to its dead-letter queue.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class SqsMapping implements AsyncDisposable {
  readonly #options: SqsMappingOptions;
  readonly #growth: ConcurrencyGrowth;
  readonly #stopping = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();
  readonly #polling: Promise<void>;

  /** Begins to poll. */
  constructor(options: SqsMappingOptions) {
    this.#options = options;
    this.#growth = new ConcurrencyGrowth(options.maximumConcurrency, options.provisionedPollers);
    this.#polling = this.#poll();
  }

  /** Stops polling and waits for the batches in flight. Unfinished messages stay in the queue. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#polling;
    await Promise.all(this.#inFlight);
  }

  #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    const gatherer = new BatchGatherer({ ...this.#options, signal });
    while (!this.#stopped()) {
      try {
        await this.#untilOneMore();
        const batch = await gatherer.gather();
        await this.#delete(gatherer.takeRejected());
        if (batch.length === 0) this.#growth.onEmpty();
        else this.#start(batch);
      } catch (error) {
        if (this.#stopped()) return;
        this.#options.onError?.(error);
        await sleep(pauseAfterErrorMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #untilOneMore(): Promise<void> {
    const { signal } = this.#stopping;
    while (this.#inFlight.size >= this.#growth.limit(performance.now()) && !this.#stopped()) {
      this.#growth.onBusy(performance.now());
      // The limit grows in that time.
      const grown = sleep(200, undefined, { signal, ref: false }).catch(() => undefined);
      await Promise.race([...this.#inFlight, grown]);
    }
  }

  #start(batch: readonly ReceivedMessage[]): void {
    const work = this.#work(batch)
      .catch((error: unknown) => this.#options.onError?.(error))
      .finally(() => this.#inFlight.delete(work));
    this.#inFlight.add(work);
  }

  async #work(batch: readonly ReceivedMessage[]): Promise<void> {
    const { invoke, visibilityTimeoutMs, reportBatchItemFailures, onSettled } = this.#options;
    const { signal } = this.#stopping;
    const [first] = batch;
    if (!first) return;
    const visibleAtMs = first.receivedAtMs + visibilityTimeoutMs;
    const event = { Records: batch.map(({ record }) => record) };
    const result = await invokeUntilTaken(() => invoke(event), visibleAtMs, signal);
    if (!result) return;
    const ids = new Set(batch.map(({ messageId }) => messageId));
    const failures = readFailures(result, {
      reportBatchItemFailures,
      find: (identifier) => (typeof identifier === 'string' && ids.has(identifier) ? identifier : undefined),
    });
    const done = failures === 'all' ? [] : batch.filter(({ messageId }) => !failures.has(messageId));
    await this.#delete(done);
    onSettled?.({ messages: batch.length, failed: batch.length - done.length, result });
  }

  async #delete(messages: readonly ReceivedMessage[]): Promise<void> {
    const { client, queueUrl, onError } = this.#options;
    for (let index = 0; index < messages.length; index += maxDeletes) {
      const entries = messages.slice(index, index + maxDeletes);
      const command = new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: entries.map(({ receiptHandle }, id) => ({ Id: String(id), ReceiptHandle: receiptHandle })),
      });
      const { Failed = [] } = await client.send(command);
      for (const { Message, Code } of Failed) {
        onError?.(
          new Error(`A message was not deleted, so it is redelivered: ${Message ?? Code ?? 'unknown'}`),
        );
      }
    }
  }
}
