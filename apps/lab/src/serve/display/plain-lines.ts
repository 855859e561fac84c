import { milliseconds } from '@parallel-lambda/report';
import type { ServedInvocation } from '@parallel-lambda/local-stack/server';
import type { Display } from './display.ts';
import { whereLines } from './where-lines.ts';

/** What is where on stdout, then a line an invocation. */
export const plainLines: Display = {
  up(what) {
    console.log(whereLines(what));
  },
  invocation(invocation) {
    console.log(lineOf(invocation));
  },
  note(sentence) {
    console.error(`lab: ${sentence}`);
  },
  [Symbol.dispose]() {
    // Nothing is left open.
  },
};

function lineOf({ function: name, result, batch }: ServedInvocation): string {
  const duration = milliseconds(result.report.durationMs);
  const what = result.status === 'success' ? 'responded' : `failed: ${result.error.errorMessage}`;
  const counted = batch ? `, ${batch.messages - batch.failed} of ${batch.messages} messages done` : '';
  return `${name} ${what} after ${duration}${counted}`;
}
