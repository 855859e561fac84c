import { createHash } from 'node:crypto';

import type { BatchRoom } from '../batch-room.ts';
import { takeWhileRoom } from '../take-while-room.ts';
import { WaitingLine } from '../waiting-line.ts';
import type { PolledRecord } from './polled-record.ts';
import type { Supply } from './supply.ts';

/** Shard and position of a record. */
export interface Place<Stored> {
  readonly shardId: string;
  readonly line: WaitingLine<Stored>;
}

/**
 * The shards of a stream. A key's records are all in one shard, in order; with a parallelization factor Lambda reads
 * a shard in that many concurrent batches, and still a key's records in one of them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export class Shards<Stored extends PolledRecord> {
  readonly #lines: readonly (readonly WaitingLine<Stored>[])[];

  /**
   * @param count of shards, at least 1
   * @param parallelizationFactor concurrent batches a shard, at least 1
   */
  constructor(count: number, parallelizationFactor: number) {
    this.#lines = Array.from({ length: count }, () =>
      Array.from({ length: parallelizationFactor }, () => new WaitingLine<Stored>()),
    );
  }

  /** One a concurrent batch. */
  get supplies(): readonly Supply<Stored>[] {
    return this.#lines.flat().map((line) => ({
      take: (room: BatchRoom) => takeWhileRoom(line, room),
      get length() {
        return line.length;
      },
    }));
  }

  /** Returns the shard of a key. */
  placeOf(key: string): Place<Stored> {
    const digest = createHash('md5').update(key).digest();
    const shard = digest.readUInt32BE(0) % this.#lines.length;
    const lines = this.#lines[shard] ?? [];
    const line = lines[digest.readUInt32BE(4) % lines.length];
    if (!line) throw new Error(`No shard holds ${key}`);
    return { shardId: `shardId-${String(shard).padStart(12, '0')}`, line };
  }
}
