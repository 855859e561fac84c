import { AsyncLocalStorage } from 'node:async_hooks';

import { checked, type Message } from '@parallel-lambda/batch';
import { base64, gunzip, json, utf8 } from '@parallel-lambda/batch/decode';
import { describe, infoOf } from '@parallel-lambda/batch/technique';

import type { ActionInput } from './action-input.ts';
import { amount, asyncAmount, expectDoubled, schemaOf } from './amount-schema.ts';
import { digestOf } from './digest.ts';
import { failingActions } from './failing-actions.ts';
import { succeedingActions } from './succeeding-actions.ts';
import { readTask } from './task.ts';
import { wrappedActions } from './wrapped-actions.ts';

/** The store that work enters with `enterWith`. */
export const entered = new AsyncLocalStorage<string>();

/** Everything that work can read of its message; the bytes in hexadecimal digits. */
export type SeenMessage = Pick<Message, 'id' | 'text' | 'receiveCount' | 'record'> & {
  readonly bytes: string;
  /** Property of an SQS record that can be read but is not enumerable. */
  readonly receiptHandle?: string;
};

/** Actions of the suite's work, by the name in a message. */
export const actions = {
  ...succeedingActions,
  ...failingActions,
  ...wrappedActions,

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
    const { receiptHandle } = record as Pick<SeenMessage, 'receiptHandle'>;
    const hex = Buffer.from(bytes).toString('hex');
    const seen = { id, text, bytes: hex, receiveCount, record, receiptHandle } as SeenMessage;
    throw new Error(JSON.stringify(seen));
  },

  /** Succeeds if no way to copy or print the message loses its text or its record. */
  'copy the message': ({ message }: ActionInput) => {
    const { id, text, record, ...rest } = message;
    const whole = JSON.stringify({ id, text, record });
    const copies = [
      { ...message },
      structuredClone(message),
      Object.fromEntries(Object.entries(message)),
      { id, text, record, ...rest },
      message,
    ];
    for (const copy of copies) {
      if (JSON.stringify(copy) !== whole) throw new Error(`A copy has lost something: ${describe(copy)}`);
    }
    const heir = Object.create(message) as Message;
    if (heir.text !== text || heir.record !== record || heir.receiveCount !== message.receiveCount) {
      throw new Error(`An heir has lost something: ${describe(heir)}`);
    }
    const { inspect } = process.getBuiltinModule('node:util');
    if (inspect(message) !== inspect({ id, text, record })) {
      throw new Error(`The message is printed as ${inspect(message)}`);
    }
  },

  'check a schema': ({ message, context }: ActionInput) => checked(amount, expectDoubled)(message, context),

  'check an async schema': ({ message, context }: ActionInput) =>
    checked(asyncAmount, expectDoubled)(message, context),

  /** Validates with a schema that waits for the message's gate; its work must not run. */
  'check a gated schema': ({ message, context, observer }: ActionInput) => {
    const gated = schemaOf(async (value) => {
      await observer.gate();
      return { value };
    });
    const work = checked(gated, () => {
      throw new Error('The work was started');
    });
    return work(message, context);
  },

  /** Decodes base64 and gzip with a decoder that takes a turn of the event loop, then validates. */
  'decode and check a schema': ({ message, context }: ActionInput) => {
    const later = async (bytes: Uint8Array) => {
      await new Promise((resolve) => setImmediate(resolve));
      return bytes;
    };
    const unwrapped = (text: string) => readTask(text).payload;
    const decode = [later, utf8, unwrapped, base64, gunzip, json] as const;
    return checked(amount, expectDoubled, { decode })(message, context);
  },

  /** Fails if it finds a store of another message, else enters one. */
  'enter an async context': ({ message }: ActionInput) => {
    enterStore(message.id);
  },

  'enter an async context later': async ({ message }: ActionInput) => {
    await Promise.resolve();
    enterStore(message.id);
    await new Promise((resolve) => setImmediate(resolve));
    if (entered.getStore() !== message.id) throw new Error('The store of the message is lost');
  },

  /** Succeeds, and leaves an unhandled rejection behind. */
  'leave a rejection unhandled': () => {
    void Promise.reject(new Error('unhandled'));
  },

  /** Succeeds when the signal is aborted, and leaves an unhandled rejection behind. */
  'leave a rejection unhandled on abort': ({ context: { signal } }: ActionInput) =>
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        void Promise.reject(new Error('unhandled'));
        resolve();
      });
    }),
} as const satisfies Readonly<Record<string, (input: ActionInput) => unknown>>;

/** The name of an action. */
export type Action = keyof typeof actions;

function enterStore(id: string): void {
  const found = entered.getStore();
  if (found !== undefined) throw new Error(`The store of message ${found} leaked into message ${id}`);
  entered.enterWith(id);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
