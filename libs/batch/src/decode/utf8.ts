import type { Message } from '../message.ts';
import { undecodable, type TextOrBytes } from './decoder.ts';

const byteOrderMark = '\uFEFF';

/**
 * Decodes UTF-8 to text, without a byte order mark.
 *
 * @throws {InvalidMessageError} when the bytes are not UTF-8: UTF-16 needs your own decoder
 */
export function utf8(input: TextOrBytes, message: Message): string {
  const text = typeof input === 'string' ? input : decode(input, message);
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function decode(bytes: Uint8Array, message: Message): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw undecodable(message, 'is not UTF-8. Decode its bytes', cause);
  }
}
