import { InvalidMessageError } from '../errors.ts';
import type { Message } from '../message.ts';

/**
 * One step of the conversion of the sent bytes to the value for `work`. The first step of `checked` gets the message's
 * bytes, each further step gets the result of the previous step.
 *
 * @typeParam Input the input: `Uint8Array` for a first step
 * @typeParam Output the result, or that of its promise
 * @throws anything: the message fails with it
 */
export type Decoder<Input = Uint8Array, Output = unknown> = (
  input: Input,
  message: Message,
) => Output | PromiseLike<Output>;

/** Input of most decoders: bytes, or the text that they encode. */
export type TextOrBytes = string | Uint8Array;

/**
 * Creates the error of a message that a decoder refuses.
 *
 * @param problem such as `is not gzip`
 */
export function undecodable({ id }: Message, problem: string, cause?: unknown): InvalidMessageError {
  return new InvalidMessageError(`Message ${id} ${problem}`, { cause });
}
