import type { Message } from '../message.ts';
import { base64 } from './base64.ts';
import { utf8 } from './utf8.ts';

/** Key and headers of a Kafka record. */
interface KafkaMetadata {
  readonly key?: string | null;
  readonly headers?: readonly Readonly<Record<string, readonly number[]>>[] | null;
}

/**
 * Decodes the key of a Kafka record as UTF-8 text. A binary key is in `message.record.key`, in base64.
 *
 * @returns `undefined` when the record has no key
 * @throws {InvalidMessageError} when the key is not UTF-8
 */
export function kafkaKey(message: Message): string | undefined {
  const { key } = message.record as KafkaMetadata;
  return key == null ? undefined : utf8(base64(key, message), message);
}

/**
 * Decodes a header of a Kafka record as UTF-8 text. When a record has several headers of that name, the last one counts,
 * as in Kafka's `lastHeader`.
 *
 * @returns `undefined` when the record has no header of that name
 * @throws {InvalidMessageError} when the header is not UTF-8
 */
export function kafkaHeader(message: Message, name: string): string | undefined {
  const { headers } = message.record as KafkaMetadata;
  const bytes = headers?.findLast((header) => Object.hasOwn(header, name))?.[name];
  // Bytes are signed, as in Java: a `Uint8Array` takes them modulo 256.
  return bytes && utf8(Uint8Array.from(bytes), message);
}
