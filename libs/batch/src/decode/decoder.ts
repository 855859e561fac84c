import { InvalidMessageError } from '../errors.ts';
import type { Message } from '../message.ts';

/**
 * One step from what was sent to the value that `work` gets. The first step of `checked` gets the message's bytes, each
 * further step gets what the step before it returned.
 *
 * @typeParam Input what it takes: `Uint8Array` for a first step
 * @typeParam Output what it returns, or what its promise is fulfilled with
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
