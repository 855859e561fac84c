import type { BatchRoom } from '../batch-room.ts';
import { takeWhileRoom } from '../take-while-room.ts';
import { WaitingLine } from '../waiting-line.ts';
import type { MessageOrder } from './message-order.ts';
import type { SqsMessage } from './sqs-message.ts';

/** A standard queue promises no order: redelivered messages come after waiting ones. */
export class StandardOrder implements MessageOrder {
  readonly #waiting = new WaitingLine<SqsMessage>();

  add(message: SqsMessage): void {
    this.#waiting.add(message);
  }

  take(room: BatchRoom): readonly SqsMessage[] {
    return takeWhileRoom(this.#waiting, room);
  }

  release(): void {
    // No message of a standard queue blocks another one.
  }

  putBack(messages: readonly SqsMessage[]): void {
    for (const message of messages) this.#waiting.add(message);
  }
}
