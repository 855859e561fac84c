import { expect } from 'vitest';

import type { Decoder, TextOrBytes } from '../../src/decode/index.ts';
import { messageOf } from '../message-of.ts';

/** The message that decoders get beside their input. */
export const message = messageOf('');

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Returns the output of a decoder for a text, which must be the same for the bytes of the text. */
export function decoded<Output>(decoder: Decoder<TextOrBytes, Output>, text: string): unknown {
  const [fromText, fromBytes] = [decoder(text, message), decoder(bytesOf(text), message)];
  expect(fromBytes).toEqual(fromText);
  return fromText;
}
