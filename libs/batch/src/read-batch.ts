import type { Batch } from './batch.ts';
import { InvalidEventError } from './errors.ts';
import type { BatchMessage, Lane } from './message.ts';
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
  const lanes: Lane[] = [];
  const named = new Map<string | undefined, number[]>();
  const ids = new Set<string>();
  for (const record of all) {
    const { id, receiveCount, lane } = source.readHead(record, options);
    const content = source.content(record);
    const position = records.length;
    if (ids.add(id).size === position) {
      // A record with another content is another message: if it were skipped, it would be deleted unprocessed.
      if (source.mayRepeat && messages.find((message) => message.id === id)?.text === content) continue;
      throw new InvalidEventError(`${source.name} message ${id} is a duplicate`);
    }
    records.push(record);
    const existing = named.get(lane);
    if (existing) existing.push(position);
    else {
      const added = [position];
      lanes.push(added);
      if (lane !== undefined) named.set(lane, added);
    }
    messages.push(new SourceMessage({ source, id, receiveCount, content, records, index: position }));
  }
  return { source, messages, lanes, records };
}
