import type { BatchRoom } from '../batch-room.ts';
import { takeWhileRoom } from '../take-while-room.ts';
import { WaitingLine } from '../waiting-line.ts';
import type { MessageOrder } from './message-order.ts';
import type { SqsMessage } from './sqs-message.ts';

interface Group {
  readonly waiting: WaitingLine<SqsMessage>;
  inFlight: number;
}

/**
 * A FIFO queue: in order within a message group. A batch holds as many messages as there are of one group, then of
 * the next; while messages of a group are in flight, no further batch gets any of it.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
export class FifoOrder implements MessageOrder {
  readonly #groups = new Map<string, Group>();
  /** Groups with messages waiting and none in flight, the longest waiting first. */
  readonly #ready = new WaitingLine<Group>();

  add(message: SqsMessage): void {
    const group = this.#groupOf(message);
    group.waiting.add(message);
    if (group.waiting.length === 1 && group.inFlight === 0) this.#ready.add(group);
  }

  take(room: BatchRoom): readonly SqsMessage[] {
    const taken: SqsMessage[] = [];
    for (let group = this.#ready.first; group !== undefined; group = this.#ready.first) {
      const messages = takeWhileRoom(group.waiting, room);
      if (messages.length === 0) break;
      this.#ready.take();
      group.inFlight = messages.length;
      taken.push(...messages);
    }
    return taken;
  }

  release(message: SqsMessage): void {
    const group = this.#groupOf(message);
    group.inFlight -= 1;
    this.#offer(group, message.group);
  }

  putBack(messages: readonly SqsMessage[]): void {
    for (const [id, returned] of Map.groupBy(messages, ({ group }) => group)) {
      const group = this.#groups.get(id);
      if (!group) continue;
      const { waiting } = group;
      const last = returned.at(-1)?.place ?? 0;
      const ahead: SqsMessage[] = [];
      // Messages that became visible before others of their group that were sent before them.
      for (let first = waiting.first; first && first.place < last; first = waiting.first) {
        ahead.push(first);
        waiting.take();
      }
      waiting.putBack([...ahead, ...returned].sort((one, other) => one.place - other.place));
      group.inFlight -= returned.length;
      this.#offer(group, id);
    }
  }

  #offer(group: Group, id: string): void {
    if (group.inFlight > 0) return;
    if (group.waiting.length > 0) this.#ready.add(group);
    else this.#groups.delete(id);
  }

  #groupOf(message: SqsMessage): Group {
    const existing = this.#groups.get(message.group);
    if (existing) return existing;
    const opened = { waiting: new WaitingLine<SqsMessage>(), inFlight: 0 };
    this.#groups.set(message.group, opened);
    return opened;
  }
}
