import type { BatchRoom } from './batch-room.ts';
import type { WaitingLine } from './waiting-line.ts';

/** Takes the first items of a line, in order, as long as the batch has room for them. */
export function takeWhileRoom<Item extends { readonly bytes: number }>(
  line: WaitingLine<Item>,
  room: BatchRoom,
): Item[] {
  const taken: Item[] = [];
  for (let item = line.first; item !== undefined && room.takes(item.bytes); item = line.first) {
    line.take();
    taken.push(item);
  }
  return taken;
}
