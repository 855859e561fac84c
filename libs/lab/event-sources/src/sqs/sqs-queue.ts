import { BatchRoom } from '../batch-room.ts';
import type { DeadLetter, Delivery, EventSource, InvocationResult } from '../event-source.ts';
import { jsonBytes } from '../json-bytes.ts';
import { readFailures } from '../read-failures.ts';
import { WaitingLine } from '../waiting-line.ts';
import { FifoOrder } from './fifo-order.ts';
import { messageIdOf } from './message-id-of.ts';
import type { MessageOrder } from './message-order.ts';
import type { SqsEvent } from './sqs-event.ts';
import type { SqsMessage } from './sqs-message.ts';
import { sqsOptions, type SqsQueueOptions } from './sqs-options.ts';
import { sqsRecord, type SqsRecord, type SqsRecordFields } from './sqs-record.ts';
import { StandardOrder } from './standard-order.ts';

/** A message as its sender knows it. */
export interface SentSqsMessage {
  readonly body: string;
  /** A FIFO queue's message must have one; that of a standard queue promises no order. */
  readonly messageGroupId?: string;
}

/** Messages that one batch has received and not deleted yet. */
interface Receipt {
  readonly visibleAtMs: number;
  readonly messages: Set<SqsMessage>;
}

/** Of the first message of a FIFO queue; they count up from here. */
const firstSequenceNumber = 18_849_496_460_467_696_128n;

/**
 * An SQS queue, standard or FIFO, with its event source mapping. What is not deleted becomes visible again when its
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
  /** The visibility timeout is the same for all, so these end in the order in which they began. */
  readonly #inFlight = new WaitingLine<Receipt>();
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
    while (this.#inFlight.first?.messages.size === 0) this.#inFlight.take();
    return this.#inFlight.first?.visibleAtMs;
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
    this.#order.add({ fields, group, bytes, receives: 0, firstReceivedAtMs: undefined });
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
    const visibleAtMs = nowMs + this.#options.visibilityTimeoutMs;
    const receipt = { visibleAtMs, messages: new Set(messages) };
    this.#receipts.set(delivery, receipt);
    this.#inFlight.add(receipt);
    return delivery;
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
    for (const message of receipt.messages) {
      if (failures.has(message.fields.messageId)) continue;
      receipt.messages.delete(message);
      this.#remove(message);
    }
    return failures.size;
  }

  #receive(message: SqsMessage, nowMs: number): SqsRecord {
    const { messageId } = message.fields;
    message.receives += 1;
    message.firstReceivedAtMs ??= nowMs;
    this.#deliveries.set(messageId, message.receives);
    return sqsRecord({
      ...message.fields,
      receiptHandle: `receipt-${messageId}-${message.receives}`,
      receiveCount: message.receives,
      firstReceivedAtMs: message.firstReceivedAtMs,
    });
  }

  #mayRepeat({ receives, fields }: SqsMessage): boolean {
    const { fifo, maxReceiveCount, repeats } = this.#options;
    return !fifo && receives < maxReceiveCount && repeats(fields.messageId);
  }

  #endVisibilityTimeouts(nowMs: number): void {
    for (
      let receipt = this.#inFlight.first;
      receipt && receipt.visibleAtMs <= nowMs;
      receipt = this.#inFlight.first
    ) {
      this.#inFlight.take();
      const visible = [...receipt.messages].filter((message) => !this.#gaveUp(message, receipt.visibleAtMs));
      receipt.messages.clear();
      this.#order.putBack(visible);
    }
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
