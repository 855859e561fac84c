import { InvalidMessageError, WorkNotRunError } from '../errors.ts';
import type { Ending } from './adaptive-limit.ts';

/** Maximum depth of causes that is searched. */
const MAX_CAUSES = 4;

/** HTTP statuses of a service that is overloaded or unreachable. */
const OVERLOADED = new Set([408, 425, 429, 502, 503, 504]);

/** Names and codes of errors of the AWS SDK, Node.js, undici and databases that mean the same. */
const OVERLOADED_NAME =
  /throttl|TooMany|SlowDown|ThroughputExceeded|LimitExceeded|Unavailable|Time(d?Out|Limit)|^ECONN|^EPIPE$|^ENOTFOUND$|^EAI_AGAIN$|^UND_ERR_|^53300$/i;

/** Errors of code, not of a service. `fetch` throws a TypeError for the network, with a cause. */
const CODE_ERRORS = new Set(['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError']);

/** Classifies the error of a message by what it implies for the service behind the work. */
export function endingOf(error: unknown): Exclude<Ending, 'succeeded'> {
  try {
    return read(error, MAX_CAUSES);
  } catch {
    // An unreadable error has no known reason.
    return 'failed';
  }
}

function read(error: unknown, causes: number): Exclude<Ending, 'succeeded'> {
  if (typeof error !== 'object' || error === null) return 'failed';
  if (error instanceof InvalidMessageError || error instanceof WorkNotRunError) return 'ignored';
  const { fate, name, code, cause, ...rest } = readable(error);
  if (fate === 'give up') return 'ignored';
  if (fate === 'retry later' || OVERLOADED_NAME.test(String(name)) || OVERLOADED_NAME.test(String(code))) {
    return 'rejected';
  }
  const status = statusOf(rest);
  if (status !== undefined && OVERLOADED.has(status)) return 'rejected';
  if (cause !== undefined && causes > 0) return read(cause, causes - 1);
  // A client error is the message's own: another message may be fine.
  if (status !== undefined && status >= 400 && status < 500) return 'ignored';
  return CODE_ERRORS.has(String(name)) ? 'ignored' : 'failed';
}

type Properties = Readonly<Record<'status' | 'statusCode' | '$metadata' | 'response', unknown>>;

function readable(error: object): Properties & Readonly<Record<'fate' | 'name' | 'code' | 'cause', unknown>> {
  const { fate, name, code, cause, status, statusCode, $metadata, response } = error as Readonly<
    Record<string, unknown>
  >;
  return { fate, name, code, cause, status, statusCode, $metadata, response };
}

function statusOf({ status, statusCode, $metadata, response }: Properties): number | undefined {
  const nested = [
    ($metadata as { readonly httpStatusCode?: unknown } | undefined)?.httpStatusCode,
    (response as { readonly status?: unknown } | undefined)?.status,
  ];
  return [status, statusCode, ...nested].find((value) => typeof value === 'number');
}
