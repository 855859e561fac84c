import { BatchRoom } from '../batch-room.ts';
import type { InvocationResult } from '../event-source.ts';
import type { Attempt } from './attempt.ts';
import { attemptsAfter } from './attempts-after.ts';
import type { DiscardedBatch } from './discarded-batch.ts';
import type { PolledRecord } from './polled-record.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Supply } from './supply.ts';

/** Options for forming batches and retrying failures. */
export interface PollerOptions {
  readonly batchSize: number;
  /** Time that a batch that is not full waits for more, from its first record on. */
  readonly windowMs: number;
  readonly policy: Required<RetryPolicy>;
  readonly discard: (batch: DiscardedBatch) => void;
}

/** A new batch that is not full yet. */
interface Gathering<Stored> {
  readonly records: Stored[];
  readonly room: BatchRoom;
  readonly endsAtMs: number;
}

/** Has one batch in flight and starts the next after it is finished or discarded, which keeps the order. */
export class Poller<Stored extends PolledRecord> {
  readonly #supply: Supply<Stored>;
  readonly #options: PollerOptions;
  #attempts: readonly Attempt<Stored>[] = [];
  #inFlight: Attempt<Stored> | undefined;
  #gathering: Gathering<Stored> | undefined;

  constructor(supply: Supply<Stored>, options: PollerOptions) {
    this.#supply = supply;
    this.#options = options;
  }

  get done(): boolean {
    const nothingAtHand = !this.#inFlight && !this.#gathering && this.#attempts.length === 0;
    return nothingAtHand && this.#supply.length === 0;
  }

  get wakeAtMs(): number | undefined {
    return this.#inFlight ? undefined : (this.#attempts[0]?.notBeforeMs ?? this.#gathering?.endsAtMs);
  }

  /** @returns the records of the next batch; nothing while one is in flight or must wait */
  next(nowMs: number): readonly Stored[] | undefined {
    if (this.#inFlight) return undefined;
    for (let attempt = this.#attempt(nowMs); attempt; attempt = this.#attempt(nowMs)) {
      if (attempt.notBeforeMs > nowMs) return undefined;
      this.#attempts = this.#attempts.slice(1);
      const records = this.#youngEnough(attempt, nowMs);
      if (records.length === 0) continue;
      this.#inFlight = { ...attempt, records };
      return records;
    }
    return undefined;
  }

  /** @param remaining records of the batch in flight that are redelivered, in order */
  settle(remaining: readonly Stored[], result: InvocationResult, nowMs: number): void {
    const attempt = this.#inFlight;
    if (!attempt) throw new Error('No batch is in flight');
    this.#inFlight = undefined;
    if (remaining.length === 0) return;
    const again = attemptsAfter(attempt, remaining, this.#options.policy, nowMs);
    this.#attempts = [...again, ...this.#attempts];
    if (again.length > 0) return;
    const invocations = attempt.retries + 1;
    this.#options.discard({ records: remaining, reason: 'retries', atMs: nowMs, invocations, result });
  }

  #attempt(nowMs: number): Attempt<Stored> | undefined {
    if (this.#attempts.length > 0) return this.#attempts[0];
    const records = this.#gather(nowMs);
    if (!records) return undefined;
    const attempt = { records, retries: 0, notBeforeMs: -Infinity };
    this.#attempts = [attempt];
    return attempt;
  }

  /** @returns nothing while there is no record, or the batch has room and its window has not ended */
  #gather(nowMs: number): readonly Stored[] | undefined {
    const { batchSize, windowMs } = this.#options;
    const { records, room, endsAtMs } = (this.#gathering ??= {
      records: [],
      room: new BatchRoom(batchSize),
      endsAtMs: nowMs + windowMs,
    });
    records.push(...this.#supply.take(room));
    // The remaining records exceed the 6 MB of an event.
    const isFull = room.isFull || this.#supply.length > 0;
    const waits = records.length > 0 && !isFull && nowMs < endsAtMs;
    if (waits) return undefined;
    this.#gathering = undefined;
    return records.length > 0 ? records : undefined;
  }

  #youngEnough({ records, retries }: Attempt<Stored>, nowMs: number): readonly Stored[] {
    const oldestMs = nowMs - this.#options.policy.maximumRecordAgeMs;
    const tooOld = records.filter(({ arrivedAtMs }) => arrivedAtMs < oldestMs);
    if (tooOld.length === 0) return records;
    this.#options.discard({
      records: tooOld,
      reason: 'age',
      atMs: nowMs,
      invocations: retries,
      result: undefined,
    });
    return records.filter(({ arrivedAtMs }) => arrivedAtMs >= oldestMs);
  }
}
