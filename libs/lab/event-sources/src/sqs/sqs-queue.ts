import { BatchRoom } from '../batch-room.ts';
import type { DeadLetter, Delivery, EventSource, InvocationResult } from '../event-source.ts';
import { jsonBytes } from '../json-bytes.ts';
import { readFailures } from '../read-failures.ts';
import { FifoOrder } from './fifo-order.ts';
import { messageIdOf } from './message-id-of.ts';
import type { MessageOrder } from './message-order.ts';
import type { SqsEvent } from './sqs-event.ts';
import type { SqsMessage } from './sqs-message.ts';
import { sqsOptions, type SqsQueueOptions } from './sqs-options.ts';
import { sqsRecord, type SqsRecord, type SqsRecordFields } from './sqs-record.ts';
import { StandardOrder } from './standard-order.ts';
import { VisibilityTimeouts } from './visibility-timeouts.ts';

/** A message in the form of its sender. */
export interface SentSqsMessage {
  readonly body: string;
  /** A FIFO queue's message must have one; that of a standard queue promises no order. */
  readonly messageGroupId?: string;
}

/** The messages of a batch, and how often each was received when the batch was. */
type Receipt = ReadonlyMap<SqsMessage, number>;

/** First sequence number of a FIFO queue. */
const firstSequenceNumber = 18_849_496_460_467_696_128n;

/**
 * An SQS queue, standard or FIFO, with its event source mapping. A message that is not deleted becomes visible again when its
 * visibility timeout ends, and a dead letter when it has been received `maxReceiveCount` times. A batch that is
 * settled after that deletes nothing: its receipt handles are stale.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class SqsQueue implements EventSource<SqsEvent> {
  readonly #options: Required<SqsQueueOptions>;
  readonly #order: MessageOrder;
  readonly #receipts = new Map<Delivery<SqsEvent>, Receipt>();
  readonly #timeouts = new VisibilityTimeouts();
  /** Messages in flight by their receipt handles. */
  readonly #handles = new Map<string, SqsMessage>();
  readonly #deadLetters: DeadLetter[] = [];
  readonly #deliveries = new Map<string, number>();
  #sent = 0;
  #left = 0;

  /** @throws {RangeError} when an option is out of its range */
  constructor(options: SqsQueueOptions = {}) {
    this.#options = sqsOptions(options);
    this.#order = this.#options.fifo ? new FifoOrder() : new StandardOrder();
  }

  get deadLetters(): readonly DeadLetter[] {
    return this.#deadLetters;
  }

  get deliveries(): ReadonlyMap<string, number> {
    return this.#deliveries;
  }

  get done(): boolean {
    return this.#left === 0;
  }

  get wakeAtMs(): number | undefined {
    return this.#timeouts.firstMs;
  }

  /**
   * Sends a message to the queue.
   *
   * @returns its `messageId`
   * @throws {TypeError} when a FIFO queue's message has no group
   */
  send({ body, messageGroupId }: SentSqsMessage, nowMs: number): string {
    const { fifo, name } = this.#options;
    if (fifo && !messageGroupId) throw new TypeError('A message of a FIFO queue must have a messageGroupId');
    const fields: SqsRecordFields = {
      messageId: messageIdOf(this.#sent),
      body,
      sentAtMs: nowMs,
      queueName: fifo ? `${name}.fifo` : name,
      ...(messageGroupId !== undefined && { messageGroupId }),
      ...(fifo && { sequenceNumber: String(firstSequenceNumber + BigInt(this.#sent)) }),
    };
    const group = fifo ? (messageGroupId ?? '') : '';
    const bytes = jsonBytes(sqsRecord(fields));
    this.#order.add({
      ...{ fields, group, bytes, place: this.#sent },
      ...{ receives: 0, visibleAtMs: undefined, firstReceivedAtMs: undefined },
    });
    this.#sent += 1;
    this.#left += 1;
    return fields.messageId;
  }

  next(nowMs: number): Delivery<SqsEvent> | undefined {
    this.#endVisibilityTimeouts(nowMs);
    const room = new BatchRoom(this.#options.batchSize);
    const messages = this.#order.take(room);
    if (messages.length === 0) return undefined;
    const records = messages.map((message) => this.#receive(message, nowMs));
    for (const message of messages) {
      if (this.#mayRepeat(message) && room.takes(message.bytes)) records.push(this.#receive(message, nowMs));
    }
    const delivery = { event: { Records: records }, messageIds: records.map(({ messageId }) => messageId) };
    for (const message of messages) this.#timeouts.set(message, nowMs + this.#options.visibilityTimeoutMs);
    this.#receipts.set(delivery, new Map(messages.map((message) => [message, message.receives])));
    return delivery;
  }

  /**
   * Changes the visibility timeout of a message in flight.
   *
   * @param timeoutMs from now, in milliseconds
   * @returns whether it was changed: `false` if the receipt handle is stale
   */
  changeVisibility(receiptHandle: string, timeoutMs: number, nowMs: number): boolean {
    this.#endVisibilityTimeouts(nowMs);
    const message = this.#handles.get(receiptHandle);
    if (!message) return false;
    this.#timeouts.set(message, nowMs + timeoutMs);
    return true;
  }

  settle(delivery: Delivery<SqsEvent>, result: InvocationResult, nowMs: number): number {
    const receipt = this.#receipts.get(delivery);
    if (!receipt) throw new Error('This delivery is not of this queue, or has been settled');
    this.#receipts.delete(delivery);
    this.#endVisibilityTimeouts(nowMs);
    const ids = new Set(delivery.messageIds);
    const failures = readFailures(result, {
      reportBatchItemFailures: this.#options.reportBatchItemFailures,
      find: (identifier) => (typeof identifier === 'string' && ids.has(identifier) ? identifier : undefined),
    });
    if (failures === 'all') return delivery.messageIds.length;
    for (const [message, receives] of receipt) {
      const isStale = message.visibleAtMs === undefined || message.receives !== receives;
      if (isStale || failures.has(message.fields.messageId)) continue;
      this.#endFlight(message);
      this.#remove(message);
    }
    return failures.size;
  }

  #receive(message: SqsMessage, nowMs: number): SqsRecord {
    const { messageId } = message.fields;
    this.#handles.delete(handleOf(message));
    message.receives += 1;
    this.#handles.set(handleOf(message), message);
    message.firstReceivedAtMs ??= nowMs;
    this.#deliveries.set(messageId, message.receives);
    return sqsRecord({
      ...message.fields,
      receiptHandle: handleOf(message),
      receiveCount: message.receives,
      firstReceivedAtMs: message.firstReceivedAtMs,
    });
  }

  #mayRepeat({ receives, fields }: SqsMessage): boolean {
    const { fifo, maxReceiveCount, repeats } = this.#options;
    return !fifo && receives < maxReceiveCount && repeats(fields.messageId);
  }

  #endVisibilityTimeouts(nowMs: number): void {
    for (let next = this.#timeouts.next(nowMs); next; next = this.#timeouts.next(nowMs)) {
      const { atMs, messages } = next;
      for (const message of messages) this.#endFlight(message);
      this.#order.putBack(messages.filter((message) => !this.#gaveUp(message, atMs)));
    }
  }

  #endFlight(message: SqsMessage): void {
    this.#timeouts.end(message);
    this.#handles.delete(handleOf(message));
  }

  #gaveUp(message: SqsMessage, atMs: number): boolean {
    if (message.receives < this.#options.maxReceiveCount) return false;
    this.#deadLetters.push({ messageId: message.fields.messageId, reason: 'receives', atMs });
    this.#remove(message);
    return true;
  }

  #remove(message: SqsMessage): void {
    this.#order.release(message);
    this.#left -= 1;
  }
}

function handleOf({ fields, receives }: SqsMessage): string {
  return `receipt-${fields.messageId}-${receives}`;
}
