import type { ServedInvocation } from '@parallel-lambda/local-stack/server';
import type { Display } from './display.ts';

/** A line on stdout when all is up, then one an invocation. */
export const jsonLines: Display = {
  up(what) {
    console.log(JSON.stringify(what));
  },
  invocation(invocation) {
    console.log(JSON.stringify(lineOf(invocation)));
  },
  note(sentence) {
    console.error(`lab: ${sentence}`);
  },
  [Symbol.dispose]() {
    // Nothing is left open.
  },
};

function lineOf({ function: name, origin, result, batch }: ServedInvocation): object {
  const { requestId, status, report } = result;
  const { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs } = report;
  return {
    function: name,
    origin,
    requestId,
    status,
    durationMs,
    billedDurationMs,
    maxMemoryUsedMb,
    ...(initDurationMs !== undefined && { initDurationMs }),
    ...(result.status !== 'success' && { error: result.error }),
    ...batch,
  };
}
