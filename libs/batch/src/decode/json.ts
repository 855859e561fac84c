import { describeShape } from '../describe.ts';
import type { Message } from '../message.ts';
import { undecodable, type TextOrBytes } from './decoder.ts';
import { utf8 } from './utf8.ts';

/**
 * Parses JSON. A byte order mark before it is ignored, as RFC 8259 allows.
 *
 * @throws {InvalidMessageError} when the input is not JSON in UTF-8
 */
export function json(input: TextOrBytes, message: Message): unknown {
  const text = utf8(input, message);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Without a cause: V8 quotes the text in its message.
    throw undecodable(message, `must be JSON, not ${describeShape(text)}`);
  }
}

/**
 * Parses JSON to an object, for the envelopes of AWS services.
 *
 * @returns the object's properties; none when the input is JSON but no object, or not JSON at all
 */
export function jsonObject(input: TextOrBytes, message: Message): Readonly<Record<string, unknown>> {
  try {
    const value = json(input, message);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
