import type { Fate, Message, Outcome, UnfinishedReason } from '@parallel-lambda/batch';
import { describe, wait, type RedeliveryRequest } from '@parallel-lambda/batch/technique';

import { backoffSeconds, MAX_DELAY_SECONDS, type Backoff } from './backoff.ts';
import { checkpointOf, laneHeads, type LaneHead } from './lane-heads.ts';
import type { QueueCalls } from './queue-calls.ts';
import { isUrlOf } from './queue-url.ts';
import { requestedFate, type RequestedFate } from './requested-fate.ts';

/** Options for messages that did not succeed. */
export interface RedeliverySettings {
  readonly backoff: Backoff | undefined;
  readonly heldBack: Backoff;
  readonly unfinished: 'immediately' | undefined;
  /** The URL of the parking queue. */
  readonly park: string | undefined;
  readonly giveUpOn: ((error: unknown, message: Message) => boolean) | undefined;
}

/** The longest batching window, which is part of the time since a message was received, in seconds. */
const MAX_WINDOW_SECONDS = 300;
/** The shortest wait in place, in milliseconds, so that a message that always asks for one does not spin. */
const MIN_WAIT_MS = 100;

/** Arranges the redelivery of one batch. */
export class RedeliveryRun {
  readonly fates: (Fate | undefined)[];
  readonly #request: RedeliveryRequest;
  readonly #settings: RedeliverySettings;
  readonly #calls: QueueCalls;
  readonly #receivedAtMs: number;
  /** Messages that could not be parked. */
  readonly #notParked = new Set<number>();
  /** Results of `giveUpOn`, by outcome. */
  readonly #givenUp = new WeakMap<Outcome, boolean>();
  #hasLogged = false;
  /** Time at which a message that waits in place may be retried, in milliseconds since the epoch. */
  readonly #dueAtMs = new WeakMap<Outcome, number>();

  constructor(request: RedeliveryRequest, settings: RedeliverySettings, calls: QueueCalls) {
    this.fates = request.outcomes.map(() => undefined);
    this.#request = request;
    this.#settings = settings;
    this.#calls = calls;
    this.#receivedAtMs = Date.now() - request.durationMs;
  }

  /**
   * Parks messages that failed with `GiveUp`. If the source has a checkpoint, messages after the one that stops it
   * are not parked: they are redelivered, and would be parked twice.
   *
   * @returns whether a message was parked
   */
  async park(): Promise<boolean> {
    const { park } = this.#settings;
    if (park === undefined) return false;
    const { outcomes, batch } = this.#request;
    const heads = laneHeads(this.#request, this.fates);
    const wishes = new Map(heads.map((head) => [head.position, this.#wishOf(head)]));
    const blocked = outcomes.flatMap(({ status }, position) => {
      const isSettled = status === 'succeeded' || this.fates[position] === 'parked';
      return isSettled || wishes.get(position)?.kind === 'give up' ? [] : [position];
    });
    const checkpoint = checkpointOf(this.#request, blocked);
    const givenUp = heads.flatMap(({ position }) => {
      const wish = wishes.get(position);
      const message = batch.messages[position];
      if (wish?.kind !== 'give up' || !message || position >= checkpoint) return [];
      return [{ position, message, reason: wish.reason, atMs: Date.now() }];
    });
    if (givenUp.length === 0) return false;
    const parked = this.#isSourceQueue(park) ? new Set() : await this.#calls.park(givenUp, park);
    for (const { position } of givenUp) {
      if (parked.has(position)) this.fates[position] = 'parked';
      else this.#notParked.add(position);
    }
    return parked.size > 0;
  }

  /**
   * Processes messages that may continue: the rest of a lane whose message was parked and, of a stream or of Kafka, a message that
   * asked to be retried and has waited.
   *
   * @param parked whether a message was parked since the last call
   * @returns whether something may have changed: `false` at the deadline, or if nothing is free
   */
  async processAgain(parked: boolean): Promise<boolean> {
    const { context, signal, process } = this.#request;
    if (context.signal.aborted || signal.aborted) return false;
    const nowMs = Date.now();
    const heads = laneHeads(this.#request, this.fates);
    const failed = heads.filter(({ outcome }) => !isUnfinished(outcome, 'not started'));
    const due = failed.filter((head) => this.#dueAt(head) <= nowMs);
    const waiting = failed.filter((head) => {
      const dueAtMs = this.#dueAt(head);
      return dueAtMs > nowMs && dueAtMs < (context.deadlineMs ?? 0);
    });
    const blocked = failed.filter((head) => !due.includes(head) && !waiting.includes(head));
    const notStarted =
      parked || due.length > 0 ? heads.filter(({ outcome }) => isUnfinished(outcome, 'not started')) : [];
    const checkpoint = checkpointOf(this.#request, positionsOf([...blocked, ...waiting]));
    const positions = [...due, ...notStarted].flatMap(({ rest }) => rest).filter((at) => at < checkpoint);
    if (positions.length > 0) {
      await process(positions.sort((one, other) => one - other));
      return true;
    }
    const last = checkpointOf(this.#request, positionsOf(blocked));
    const next = waiting.filter(({ position }) => position < last).map((head) => this.#dueAt(head));
    if (next.length === 0) return false;
    await wait(Math.min(...next) - nowMs, context.signal);
    return true;
  }

  /** Sets when the remaining messages become visible again. The messages of a FIFO group wait together. */
  async delay(): Promise<void> {
    const heads = laneHeads(this.#request, this.fates);
    const delays = heads.flatMap((head) => {
      const seconds = this.#delayOf(head);
      return seconds === undefined ? [] : head.rest.map((position) => ({ position, seconds }));
    });
    const elapsedSeconds = (Date.now() - this.#receivedAtMs) / 1_000;
    const maxSeconds = Math.floor(MAX_DELAY_SECONDS - MAX_WINDOW_SECONDS - elapsedSeconds);
    const entries = delays.flatMap(({ position, seconds }) => {
      const record = this.#request.batch.messages[position]?.record as SqsRecord | undefined;
      const delay = Math.max(0, Math.min(Math.ceil(seconds), maxSeconds));
      return record ? [{ position, record, seconds: delay }] : [];
    });
    for (const position of await this.#calls.delay(entries)) this.fates[position] = 'delayed';
  }

  #wishOf({ position, outcome }: LaneHead): RequestedFate | undefined {
    if (outcome.status !== 'failed') return undefined;
    const wish = requestedFate(outcome.error);
    if (wish?.kind === 'give up') return this.#notParked.has(position) ? undefined : wish;
    const message = this.#request.batch.messages[position];
    if (wish || !message || this.#notParked.has(position)) return wish;
    const known = this.#givenUp.get(outcome);
    const isGivenUp = known ?? this.#asksToGiveUp(outcome.error, message);
    if (known === undefined) this.#givenUp.set(outcome, isGivenUp);
    return isGivenUp ? { kind: 'give up', reason: reasonOf(outcome.error) } : undefined;
  }

  /** Asks `giveUpOn`. If it throws, the message is an ordinary failure. */
  #asksToGiveUp(error: unknown, message: Message): boolean {
    try {
      return this.#settings.giveUpOn?.(error, message) === true;
    } catch (fault) {
      this.#logOnce('giveUpOn failed, so its messages are retried as ordinary failures', fault);
      return false;
    }
  }

  /** Returns whether messages would be parked in their own source, and be processed without end. */
  #isSourceQueue(park: string): boolean {
    const record = this.#request.batch.messages[0]?.record;
    if (!isSqsRecord(record) || !isUrlOf(park, record.eventSourceARN)) return false;
    this.#logOnce(
      `Cannot park messages by ${park}: it is the queue that they come from. They are retried as ordinary failures. ` +
        'Set another queue as the parking queue.',
    );
    return true;
  }

  #logOnce(text: string, error?: unknown): void {
    if (!this.#hasLogged) this.#request.log(text, error);
    this.#hasLogged = true;
  }

  /** Returns when a message of a stream or of Kafka that asked for it may be retried; `Infinity` for any other. */
  #dueAt(head: LaneHead): number {
    const wish = this.#isSqs ? undefined : this.#wishOf(head);
    if (wish?.kind !== 'retry later') return Infinity;
    const known = this.#dueAtMs.get(head.outcome);
    const dueAtMs = known ?? Date.now() + Math.max(1_000 * wish.seconds, MIN_WAIT_MS);
    this.#dueAtMs.set(head.outcome, dueAtMs);
    return dueAtMs;
  }

  #delayOf(head: LaneHead): number | undefined {
    if (!this.#isSqs) return undefined;
    const { backoff, heldBack, unfinished } = this.#settings;
    const { position, outcome } = head;
    const message = this.#request.batch.messages[position];
    if (!message) return undefined;
    if (outcome.status !== 'failed') {
      if (isUnfinished(outcome, 'held back')) return backoffSeconds(heldBack, message);
      return isUnfinished(outcome, 'not started') && unfinished === 'immediately' ? 0 : undefined;
    }
    const wish = this.#wishOf(head);
    if (wish?.kind === 'retry later') return wish.seconds;
    return backoff && backoffSeconds(backoff, message);
  }

  get #isSqs(): boolean {
    return isSqsRecord(this.#request.batch.messages[0]?.record);
  }
}

function isUnfinished(outcome: Outcome, reason: UnfinishedReason): boolean {
  return outcome.status === 'unfinished' && outcome.reason === reason;
}

function positionsOf(heads: readonly LaneHead[]): readonly number[] {
  return heads.map(({ position }) => position);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : describe(error);
}

/** The parts of an SQS record that its visibility timeout needs. */
export interface SqsRecord {
  readonly receiptHandle: string;
  readonly eventSourceARN: string;
}

function isSqsRecord(record: unknown): record is SqsRecord {
  return typeof record === 'object' && record !== null && 'receiptHandle' in record;
}
