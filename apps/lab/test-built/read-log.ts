import { readableEntry, type InvocationResult } from '@parallel-lambda/local-lambda';

/** The log of an invocation in readable form, for every log format. */
export function readLog({ log }: InvocationResult): string {
  return log.split('\n').map(readableEntry).join('\n');
}
