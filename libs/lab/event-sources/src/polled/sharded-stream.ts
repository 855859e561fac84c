import type { RecordFilter } from '../filter/record-filter.ts';
import { fromCheckpoint } from './from-checkpoint.ts';
import type { PolledRecord } from './polled-record.ts';
import { PolledSource, type PolledSourceOptions } from './polled-source.ts';
import { Shards } from './shards.ts';
import { streamOptions, type StreamOptions } from './stream-options.ts';

/** The common part of Kinesis and DynamoDB Streams: shards, and one sequence number for an answer. */
export class ShardedStream<Stored extends PolledRecord, Event extends object> extends PolledSource<
  Stored,
  Event
> {
  protected readonly shards: Shards<Stored>;
  /** Name of the stream, or of the table. */
  protected readonly name: string;
  protected readonly arn: string | undefined;
  /** Returns whether the function receives a record. */
  protected readonly accepts: RecordFilter;

  /** @throws {RangeError} when an option is out of its range */
  protected constructor(options: StreamOptions, toEvent: PolledSourceOptions<Stored, Event>['toEvent']) {
    const { shards: count, parallelizationFactor, name, arn, accepts, ...polled } = streamOptions(options);
    const shards = new Shards<Stored>(count, parallelizationFactor);
    super({
      ...polled,
      supplies: shards.supplies,
      toEvent,
      idOf: (identifier) => (typeof identifier === 'string' ? identifier : undefined),
      remaining: fromCheckpoint,
    });
    this.shards = shards;
    this.name = name;
    this.arn = arn;
    this.accepts = accepts;
  }
}
