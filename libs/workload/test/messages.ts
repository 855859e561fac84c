import type { Message, WorkContext } from '@parallel-lambda/batch';

import { work } from '../src/index.ts';

/** A message with this text, by default delivered for the first time. */
export function messageOf(text: string, ...receiveCounts: readonly [count?: number | undefined]): Message {
  const [receiveCount] = receiveCounts.length > 0 ? receiveCounts : [1];
  return { id: 'message-1', text, bytes: Buffer.from(text), receiveCount, record: undefined };
}

/** What `work` is told of an invocation without a deadline, unless said otherwise. */
export function contextOf(overrides: Partial<WorkContext> = {}): WorkContext {
  return {
    signal: new AbortController().signal,
    deadlineMs: undefined,
    requestId: undefined,
    functionArn: undefined,
    ...overrides,
  };
}

/** Works on a message that holds these steps. */
export function workOn(steps: unknown, overrides: Partial<WorkContext> = {}): Promise<void> {
  return work(messageOf(JSON.stringify(steps)), contextOf(overrides));
}
