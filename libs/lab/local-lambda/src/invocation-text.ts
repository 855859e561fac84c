import type { Invocation } from './invocable-function.ts';
import type { Leak } from './strict/leak.ts';

/** Returns the result of an invocation for stdout: the response or the error, or everything as one object. */
export function resultText(result: Invocation, json: boolean): string {
  const [response, error] = result.status === 'success' ? [result.payload, null] : [null, result.error];
  if (!json) return JSON.stringify(error ?? response);
  const { log, report, isolation, limits, leaks } = result;
  // Fields that were not requested are absent, and for a deployed function those of this machine.
  return JSON.stringify({ response, error, log, report, isolation, limits, leaks }, undefined, 2);
}

/** Describes what an invocation left running. */
export function leakText({ what, where, count }: Leak): string {
  const times = count > 1 ? ` (${count} times)` : '';
  return `left running: ${what}${times}${where === undefined ? '' : `, started at ${where}`}`;
}
