import type { BatchMessage, Lane } from './message.ts';
import type { Source } from './sources/source.ts';

/** Messages that one invocation received from its event source, ready for a technique. */
export interface Batch {
  /** The source of the batch. */
  readonly source: Source;
  /** Messages in the order of the event, for a stream in the order of its sequence numbers; each once. */
  readonly messages: readonly BatchMessage[];
  /** Lanes in the order of their first message; together they hold every position of `messages` once. */
  readonly lanes: readonly Lane[];
  /** The record of each message as the source delivered it, which `message.record` may show without some of its parts. */
  readonly records: readonly unknown[];
}
