import { describeShape } from '../describe.ts';
import type { Message } from '../message.ts';
import { undecodable, type TextOrBytes } from './decoder.ts';
import { utf8 } from './utf8.ts';

/** Both alphabets, with or without padding. */
const pattern = /^[\w+/-]*={0,2}$/;

/**
 * Decodes base64 or base64url, also with line breaks.
 *
 * @throws {InvalidMessageError} when the input has other characters: `Buffer.from` would skip them
 */
export function base64(input: TextOrBytes, message: Message): Uint8Array {
  const text = utf8(input, message).replace(/\s+/g, '');
  if (!pattern.test(text) || text.replace(/=+$/, '').length % 4 === 1) {
    throw undecodable(message, `must be base64, not ${describeShape(text)}`);
  }
  return Buffer.from(text, 'base64');
}
