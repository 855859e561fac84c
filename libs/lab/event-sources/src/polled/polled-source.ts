import type { DeadLetter, Delivery, InvocationResult } from '../event-source.ts';
import { readFailures } from '../read-failures.ts';
import type { DiscardedBatch, StreamSource } from './discarded-batch.ts';
import type { PolledRecord } from './polled-record.ts';
import { Poller, type PollerOptions } from './poller.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Supply } from './supply.ts';

/** The differences between polled sources. */
export interface PolledSourceOptions<Stored extends PolledRecord, Event extends object> {
  readonly batchSize: number;
  readonly windowMs: number;
  readonly policy: Required<RetryPolicy>;
  /** One a poller. */
  readonly supplies: readonly Supply<Stored>[];
  readonly toEvent: (records: readonly Stored[]) => Event;
  /** The identifier of the record that an item identifier names, in any batch. */
  readonly idOf: (itemIdentifier: unknown) => string | undefined;
  /** Selects the records that are redelivered after a partial failure. */
  readonly remaining: (records: readonly Stored[], failed: ReadonlySet<string>) => readonly Stored[];
}

interface Batch<Stored extends PolledRecord> {
  readonly poller: Poller<Stored>;
  readonly records: readonly Stored[];
}

/** The common part of Kinesis, DynamoDB Streams and Kafka: pollers that retry in order until they discard a batch. */
export class PolledSource<Stored extends PolledRecord, Event extends object> implements StreamSource<Event> {
  readonly #options: PolledSourceOptions<Stored, Event>;
  readonly #pollers: readonly Poller<Stored>[];
  readonly #batches = new Map<Delivery<Event>, Batch<Stored>>();
  readonly #discarded: DiscardedBatch[] = [];
  readonly #deliveries = new Map<string, number>();
  /** Index of the next poller, so that a busy one does not keep the others waiting. */
  #cursor = 0;

  protected constructor(options: PolledSourceOptions<Stored, Event>) {
    const { supplies, batchSize, windowMs, policy } = options;
    const discard: PollerOptions['discard'] = (batch) => {
      this.#discarded.push(batch);
    };
    this.#options = options;
    this.#pollers = supplies.map((supply) => new Poller(supply, { batchSize, windowMs, policy, discard }));
  }

  get discarded(): readonly DiscardedBatch[] {
    return this.#discarded;
  }

  get deadLetters(): readonly DeadLetter[] {
    return this.#discarded.flatMap(({ records, reason, atMs }) =>
      records.map(({ id }) => ({ messageId: id, reason, atMs })),
    );
  }

  get deliveries(): ReadonlyMap<string, number> {
    return this.#deliveries;
  }

  get done(): boolean {
    return this.#pollers.every(({ done }) => done);
  }

  get wakeAtMs(): number | undefined {
    const times = this.#pollers.flatMap(({ wakeAtMs }) => wakeAtMs ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  next(nowMs: number): Delivery<Event> | undefined {
    for (const step of this.#pollers.keys()) {
      const index = (this.#cursor + step) % this.#pollers.length;
      const poller = this.#pollers[index];
      const records = poller?.next(nowMs);
      if (!poller || !records) continue;
      this.#cursor = index + 1;
      return this.#deliver(poller, records);
    }
    return undefined;
  }

  settle(delivery: Delivery<Event>, result: InvocationResult, nowMs: number): number {
    const batch = this.#batches.get(delivery);
    if (!batch) throw new Error('This delivery is not of this source, or has been settled');
    this.#batches.delete(delivery);
    const { idOf, policy, remaining } = this.#options;
    const ids = new Set(delivery.messageIds);
    const failures = readFailures(result, {
      reportBatchItemFailures: policy.reportBatchItemFailures,
      find: (identifier) => {
        const id = idOf(identifier);
        return id !== undefined && ids.has(id) ? id : undefined;
      },
    });
    const again = failures === 'all' ? batch.records : remaining(batch.records, failures);
    batch.poller.settle(again, result, nowMs);
    return again.length;
  }

  #deliver(poller: Poller<Stored>, records: readonly Stored[]): Delivery<Event> {
    const messageIds = records.map(({ id }) => id);
    for (const id of messageIds) this.#deliveries.set(id, (this.#deliveries.get(id) ?? 0) + 1);
    const delivery = { event: this.#options.toEvent(records), messageIds };
    this.#batches.set(delivery, { poller, records });
    return delivery;
  }
}
