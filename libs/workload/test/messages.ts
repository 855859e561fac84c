import type { Message, WorkContext } from '@parallel-lambda/batch';
import { contextOf as batchContext } from '@parallel-lambda/batch/technique';

import { work } from '../src/index.ts';

/** A message with this text, by default delivered for the first time. */
export function messageOf(text: string, ...receiveCounts: readonly [count?: number | undefined]): Message {
  const [receiveCount] = receiveCounts.length > 0 ? receiveCounts : [1];
  return { id: 'message-1', text, bytes: Buffer.from(text), receiveCount, record: undefined };
}

/** The context of an invocation without a deadline, with these changes. */
export function contextOf(overrides: Partial<WorkContext> = {}): WorkContext {
  return { ...batchContext({}, new AbortController().signal), ...overrides };
}

/** Processes a message that has these steps. */
export function workOn(steps: unknown, overrides: Partial<WorkContext> = {}): Promise<void> {
  return work(messageOf(JSON.stringify(steps)), contextOf(overrides));
}
