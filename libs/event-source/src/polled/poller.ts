import { BatchRoom } from '../batch-room.ts';
import type { DeadLetter } from '../event-source.ts';
import { attemptsAfter } from './attempts-after.ts';
import type { Attempt } from './attempt.ts';
import type { PolledRecord } from './polled-record.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Supply } from './supply.ts';

/** How a poller forms batches and what it does about failures. */
export interface PollerOptions {
  readonly batchSize: number;
  readonly policy: Required<RetryPolicy>;
  readonly giveUp: (record: PolledRecord, reason: DeadLetter['reason'], atMs: number) => void;
}

/** Has one batch in flight at a time, and begins no new one before the last is done or given up: so order is kept. */
export class Poller<Stored extends PolledRecord> {
  readonly #supply: Supply<Stored>;
  readonly #options: PollerOptions;
  #attempts: readonly Attempt<Stored>[] = [];
  #inFlight: Attempt<Stored> | undefined;

  constructor(supply: Supply<Stored>, options: PollerOptions) {
    this.#supply = supply;
    this.#options = options;
  }

  get done(): boolean {
    return !this.#inFlight && this.#attempts.length === 0 && this.#supply.length === 0;
  }

  get wakeAtMs(): number | undefined {
    return this.#inFlight ? undefined : this.#attempts[0]?.notBeforeMs;
  }

  /** @returns the records of the next batch; nothing while one is in flight or must wait */
  next(nowMs: number): readonly Stored[] | undefined {
    if (this.#inFlight) return undefined;
    for (let attempt = this.#attempt(); attempt; attempt = this.#attempt()) {
      if (attempt.notBeforeMs > nowMs) return undefined;
      this.#attempts = this.#attempts.slice(1);
      const records = attempt.records.filter((record) => !this.#isTooOld(record, nowMs));
      if (records.length === 0) continue;
      this.#inFlight = { ...attempt, records };
      return records;
    }
    return undefined;
  }

  /** @param remaining those of the batch in flight that come again, in its order */
  settle(remaining: readonly Stored[], nowMs: number): void {
    const attempt = this.#inFlight;
    if (!attempt) throw new Error('No batch is in flight');
    this.#inFlight = undefined;
    if (remaining.length === 0) return;
    const again = attemptsAfter(attempt, remaining, this.#options.policy, nowMs);
    this.#attempts = [...again, ...this.#attempts];
    if (again.length > 0) return;
    for (const record of remaining) this.#options.giveUp(record, 'retries', nowMs);
  }

  #attempt(): Attempt<Stored> | undefined {
    if (this.#attempts.length > 0) return this.#attempts[0];
    const records = this.#supply.take(new BatchRoom(this.#options.batchSize));
    if (records.length === 0) return undefined;
    const attempt = { records, retries: 0, notBeforeMs: -Infinity };
    this.#attempts = [attempt];
    return attempt;
  }

  #isTooOld(record: Stored, nowMs: number): boolean {
    if (nowMs - record.arrivedAtMs <= this.#options.policy.maximumRecordAgeMs) return false;
    this.#options.giveUp(record, 'age', nowMs);
    return true;
  }
}
