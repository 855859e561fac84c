import { readableEntry, type InvocationResult } from '@parallel-lambda/local-lambda';

/** The log of an invocation as a person reads it, whatever format the function logs in. */
export function readLog({ log }: InvocationResult): string {
  return log.split('\n').map(readableEntry).join('\n');
}
