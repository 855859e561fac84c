import type { Deadline, Invocation } from '@parallel-lambda/batch/technique';

/** What every work of the suite is told of its invocation. */
export const facts = {
  requestId: 'c6af9ac6-7b61-11e6',
  functionArn: 'arn:aws:lambda:us-east-2:1:function:f',
} as const;

/** What a technique is told of an invocation with this deadline. */
export function invocationOf(deadline: Deadline): Invocation {
  return { deadline, context: { signal: deadline.signal, deadlineMs: deadline.atMs, ...facts } };
}
