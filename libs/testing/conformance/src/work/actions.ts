import { checked, type Message, type WorkContext } from '@parallel-lambda/batch';
import { describe, infoOf } from '@parallel-lambda/batch/technique';

import type { Observer } from '../recorder/observer.ts';
import { amount, asyncAmount, expectDoubled } from './amount-schema.ts';
import { digestOf } from './digest.ts';
import { failingActions } from './failing-actions.ts';
import { succeedingActions } from './succeeding-actions.ts';
import { readTask } from './task.ts';

/** What an action gets. */
export interface ActionInput {
  readonly message: Message;
  readonly context: WorkContext;
  readonly observer: Observer;
}

/** Everything that work can read of its message; the bytes in hexadecimal digits. */
export type SeenMessage = Pick<Message, 'id' | 'text' | 'receiveCount' | 'record'> & {
  readonly bytes: string;
};

/** What a message can ask the suite's work to do. */
export const actions = {
  ...succeedingActions,
  ...failingActions,

  /** Waits for its gate and ignores the signal. */
  gate: ({ observer }: ActionInput) => observer.gate(),

  'gate, then fail': async ({ observer }: ActionInput) => {
    await observer.gate();
    throw new Error('failed after the gate');
  },

  'reject on abort': async ({ context }: ActionInput) => {
    await aborted(context.signal);
    context.signal.throwIfAborted();
  },

  'succeed on abort': ({ context }: ActionInput) => aborted(context.signal),

  /** Behaves as if it had computed until the deadline: the clock moves on and no timer fires. */
  'move the clock past the deadline': ({ context: { deadlineMs }, observer }: ActionInput) => {
    if (deadlineMs === undefined) throw new Error('The context has no deadline');
    Date.now = () => deadlineMs + 1;
    observer.moveClock();
  },

  /** Succeeds if message and context are what the test sent. */
  'check the digest': ({ message: { id, text, receiveCount }, context }: ActionInput) => {
    const { task, payload } = readTask(text);
    const seen = { id, payload, receiveCount, ...infoOf(context) };
    if (digestOf(seen) !== task.digest) throw new Error(`The digest does not match: ${describe(seen)}`);
    if (!(context.signal instanceof AbortSignal)) throw new Error('The context has no signal');
    if (context.getRemainingTimeInMillis() <= 0) throw new Error('The context has no time left');
  },

  /** Fails with an error whose message is everything it can read of its message: an error crosses threads too. */
  'report the message': ({ message: { id, text, bytes, receiveCount, record } }: ActionInput) => {
    const seen: SeenMessage = { id, text, bytes: Buffer.from(bytes).toString('hex'), receiveCount, record };
    throw new Error(JSON.stringify(seen));
  },

  'check a schema': ({ message, context }: ActionInput) => checked(amount, expectDoubled)(message, context),

  'check an async schema': ({ message, context }: ActionInput) =>
    checked(asyncAmount, expectDoubled)(message, context),

  /** Succeeds, and leaves an unhandled rejection behind. */
  'leave a rejection unhandled': () => {
    void Promise.reject(new Error('unhandled'));
  },
} as const satisfies Readonly<Record<string, (input: ActionInput) => unknown>>;

/** The name of an action. */
export type Action = keyof typeof actions;

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
