import type { BatchRoom } from '../batch-room.ts';
import type { PolledRecord } from '../polled/polled-record.ts';
import type { Supply } from '../polled/supply.ts';
import { WaitingLine } from '../waiting-line.ts';

/** The partitions of one poller. A batch takes a record of each in turn, so that none waits for another to be read. */
export class PartitionLines<Stored extends PolledRecord> implements Supply<Stored> {
  readonly #lines = new Map<string, WaitingLine<Stored>>();
  /** Partitions with records waiting, the next one first. */
  readonly #turns = new WaitingLine<WaitingLine<Stored>>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(partition: string, record: Stored): void {
    const line = this.#lines.get(partition) ?? new WaitingLine<Stored>();
    this.#lines.set(partition, line);
    line.add(record);
    this.#length += 1;
    if (line.length === 1) this.#turns.add(line);
  }

  take(room: BatchRoom): readonly Stored[] {
    const taken: Stored[] = [];
    for (
      let line = this.#turns.first;
      line?.first && room.takes(line.first.bytes);
      line = this.#turns.first
    ) {
      taken.push(line.first);
      line.take();
      this.#turns.take();
      if (line.length > 0) this.#turns.add(line);
    }
    this.#length -= taken.length;
    return taken;
  }
}
