import { checked, type Message, type WorkContext } from '@parallel-lambda/batch';
import { describe } from '@parallel-lambda/batch/technique';

import { amount, amountLater, expectDoubled } from './amount-schema.ts';
import { seal } from './seal.ts';
import { readTask } from './task.ts';
import type { Testimony } from './testimony.ts';
import { waysToFail } from './ways-to-fail.ts';
import { waysToSucceed } from './ways-to-succeed.ts';

/** What a deed is done with. */
export interface Props {
  readonly message: Message;
  readonly context: WorkContext;
  readonly testimony: Testimony;
}

/** What a work sees of its message; the bytes in hexadecimal digits. */
export type SeenMessage = Pick<Message, 'id' | 'text' | 'receiveCount' | 'record'> & {
  readonly bytes: string;
};

/** Everything that the suite's work can be asked to do with a message, by the name a task calls it. */
export const deeds = {
  ...waysToSucceed,
  ...waysToFail,

  /** Waits for its gate and ignores the signal. */
  gate: ({ testimony }: Props) => testimony.gate(),

  'gate, then fail': async ({ testimony }: Props) => {
    await testimony.gate();
    throw new Error('failed after the gate');
  },

  'heed the signal': async ({ context }: Props) => {
    await aborted(context.signal);
    context.signal.throwIfAborted();
  },

  'heed the signal, then succeed': ({ context }: Props) => aborted(context.signal),

  /** As if the work had computed until the deadline: the clock goes on and no timer fires. */
  'move the clock past the deadline': ({ context: { deadlineMs }, testimony }: Props) => {
    if (deadlineMs === undefined) throw new Error('The work was told of no deadline');
    Date.now = () => deadlineMs + 1;
    testimony.moveClock();
  },

  /** Succeeds when message and context came as they were sent. */
  'check the seal': ({ message: { id, text, receiveCount }, context }: Props) => {
    const { task, payload } = readTask(text);
    const { deadlineMs, requestId, functionArn } = context;
    const seen = { id, payload, receiveCount, deadlineMs, requestId, functionArn };
    if (seal(seen) !== task.seal) throw new Error(`The work saw something else: ${describe(seen)}`);
    if (!(context.signal instanceof AbortSignal)) throw new Error('The work was given no signal');
  },

  /** Fails, and tells by its error all that there is to see of the message: so it crosses from a thread too. */
  'tell of the message': ({ message: { id, text, bytes, receiveCount, record } }: Props) => {
    const seen: SeenMessage = { id, text, bytes: Buffer.from(bytes).toString('hex'), receiveCount, record };
    throw new Error(JSON.stringify(seen));
  },

  'fit a schema': ({ message, context }: Props) => checked(amount, expectDoubled)(message, context),

  'fit a schema later': ({ message, context }: Props) =>
    checked(amountLater, expectDoubled)(message, context),

  /** Succeeds, and leaves a rejection behind that nobody handles. */
  'let go of a rejection': () => {
    void Promise.reject(new Error('astray'));
  },
} as const satisfies Readonly<Record<string, (props: Props) => unknown>>;

/** The name of something that the suite's work can be asked to do. */
export type Deed = keyof typeof deeds;

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
