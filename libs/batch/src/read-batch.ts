import type { Batch } from './batch.ts';
import { InvalidEventError } from './errors.ts';
import { LaneList } from './lane-list.ts';
import type { BatchMessage } from './message.ts';
import { readRecords } from './read-records.ts';
import { SourceMessage } from './source-message.ts';
import type { ReadOptions } from './sources/source.ts';

/**
 * Reads a Lambda event into a batch. The event is not changed.
 *
 * @param event the event that Lambda gives to the handler
 * @returns the messages and their lanes; an event without records is an empty batch
 * @throws {InvalidEventError} when the event is not a batch that can be processed, or a record lacks an identifier or
 * repeats one: never an empty batch, whose response would delete everything
 */
export function readBatch(event: unknown, options: ReadOptions = {}): Batch {
  const { source, records: all } = readRecords(event);
  const messages: BatchMessage[] = [];
  const records: object[] = [];
  const lanes = new LaneList();
  const ids = new Set<string>();
  for (const record of all) {
    const { id, receiveCount, lane } = source.readHead(record, options);
    if (ids.has(id)) {
      if (source.mayRepeat) continue;
      throw new InvalidEventError(`${source.name} message ${id} is a duplicate: it is twice in one batch`);
    }
    ids.add(id);
    const position = records.push(record) - 1;
    lanes.add(position, lane);
    const head = { id, receiveCount, content: source.content(record) };
    messages.push(new SourceMessage(source, head, records, position));
  }
  return { source, messages, lanes: lanes.all, records };
}
