import type { Message } from '../message.ts';

/** Returns whether a message is a Kafka tombstone: a record whose value is null, which deletes its key. */
export function isTombstone({ record }: Message): boolean {
  const { offset, value } = (record ?? {}) as { readonly offset?: unknown; readonly value?: unknown };
  return offset !== undefined && value == null;
}
