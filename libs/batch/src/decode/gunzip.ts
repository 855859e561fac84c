import { describeShape } from '../describe.ts';
import type { Message } from '../message.ts';
import { undecodable } from './decoder.ts';

/** The largest output, in bytes: a small message must not fill the function's memory. */
const MAXIMUM_OUTPUT = 64 * 2 ** 20;

/**
 * Decompresses gzip, up to 64 MiB of output. CloudWatch Logs subscriptions send it: through Kinesis directly, elsewhere
 * in base64.
 *
 * @throws {InvalidMessageError} when the input is not gzip, is cut off, or is larger than 64 MiB
 */
export function gunzip(input: Uint8Array, message: Message): Uint8Array {
  if (!(input instanceof Uint8Array)) {
    throw undecodable(
      message,
      `must be bytes to be decompressed, not ${describeShape(input)}. Decode base64 before gzip`,
    );
  }
  try {
    // Loaded on first use: importing `node:zlib` would cost every cold start.
    return process.getBuiltinModule('node:zlib').gunzipSync(input, { maxOutputLength: MAXIMUM_OUTPUT });
  } catch (cause) {
    throw undecodable(message, `cannot be decompressed as gzip: ${String(cause)}`, cause);
  }
}
