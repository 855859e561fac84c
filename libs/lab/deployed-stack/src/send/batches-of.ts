import type { Destination, OutgoingMessage } from './destination.ts';

/** What is to be sent. */
export interface SendPlan {
  readonly messages: number;
  /** The text of each. */
  readonly body: string;
  /** How many lanes they belong to, in turn. */
  readonly groups: number;
}

/** Batches as large as a destination takes them. */
export function* batchesOf(
  { messages, body, groups }: SendPlan,
  { limits, extraBytes }: Pick<Destination, 'limits' | 'extraBytes'>,
): Generator<readonly OutgoingMessage[]> {
  const fitting = Math.floor(limits.requestBytes / (Buffer.byteLength(body) + extraBytes));
  const size = Math.max(1, Math.min(limits.messages, fitting));
  for (let first = 0; first < messages; first += size) {
    yield Array.from({ length: Math.min(size, messages - first) }, (_, index) => ({
      id: String(first + index),
      body,
      group: `group-${(first + index) % groups}`,
    }));
  }
}
