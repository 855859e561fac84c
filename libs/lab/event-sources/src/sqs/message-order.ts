import type { BatchRoom } from '../batch-room.ts';
import type { SqsMessage } from './sqs-message.ts';

/** Order in which the visible messages of a queue are received. */
export interface MessageOrder {
  add(message: SqsMessage): void;
  /** Receives messages; they stay the queue's until they are released or put back. */
  take(room: BatchRoom): readonly SqsMessage[];
  /** A received message was deleted, or became a dead letter. */
  release(message: SqsMessage): void;
  /** Received messages have become visible again. Messages of a group are in the order in which they were received. */
  putBack(messages: readonly SqsMessage[]): void;
}
