import { AsyncLocalStorage } from 'node:async_hooks';
import * as diagnostics from 'node:diagnostics_channel';

import { describe, expect, it, onTestFinished } from 'vitest';

import { batchHandler, type InvocationStart, type MessageTrace, type Work } from '../../src/index.ts';
import { contextOf, perform, succeeded, type BatchMessage } from '../../src/technique/index.ts';
import { batchOf } from '../batch-of.ts';
import { sqsRecord } from '../sqs-record.ts';

type EventName = keyof diagnostics.TracingChannelSubscribers<MessageTrace>;

const channel = diagnostics.tracingChannel<unknown, MessageTrace>('parallel-lambda:message');
const aborter = new AbortController();
const context = contextOf({}, aborter.signal);
const [message] = batchOf('a').messages as [BatchMessage];

/** Subscribes until the test ends. */
function subscribe(subscribers: Partial<Record<EventName, (trace: MessageTrace) => void>>): void {
  for (const [name, listener] of Object.entries(subscribers)) {
    const subscriber = (trace: unknown): void => {
      listener(trace as MessageTrace);
    };
    channel[name as EventName].subscribe(subscriber);
    onTestFinished(() => {
      channel[name as EventName].unsubscribe(subscriber);
    });
  }
}

/** Records the name of every event, and whether the message has an outcome by then. */
function record(): { events: string[]; traces: Set<MessageTrace> } {
  const events: string[] = [];
  const traces = new Set<MessageTrace>();
  const recorder = (name: EventName) => (trace: MessageTrace) => {
    traces.add(trace);
    events.push(`${name} ${trace.outcome?.status ?? 'running'}`);
  };
  const names: EventName[] = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
  subscribe(Object.fromEntries(names.map((name) => [name, recorder(name)])));
  return { events, traces };
}

describe('the channel of messages', () => {
  it.each<[string, Work]>([
    ['a promise', () => Promise.resolve()],
    ['nothing', () => undefined],
  ])('publishes a message whose work returns %s, with outcome and duration', async (_, work) => {
    const { events, traces } = record();
    await perform(work, message, context);
    expect(events).toEqual(['start running', 'end running', 'asyncStart succeeded', 'asyncEnd succeeded']);
    expect([...traces]).toEqual([
      { message, context, outcome: succeeded, durationMs: expect.any(Number) as number },
    ]);
  });

  it.each<[string, (error: Error) => Work]>([
    [
      'throws',
      (error) => () => {
        throw error;
      },
    ],
    ['rejects', (error) => () => Promise.reject(error)],
  ])('publishes the error of work that %s, and passes it on', async (_, failing) => {
    const { events, traces } = record();
    const error = new Error('no');
    await expect(perform(failing(error), message, context)).rejects.toBe(error);
    expect(events).toEqual([
      'start running',
      'end running',
      'error failed',
      'asyncStart failed',
      'asyncEnd failed',
    ]);
    expect([...traces][0]?.error).toBe(error);
  });

  it('publishes work that the deadline has ended as interrupted, which is not an error', async () => {
    const { events } = record();
    const ending = new AbortController();
    const work: Work = async (_, { signal }) => {
      await Promise.resolve();
      ending.abort();
      signal.throwIfAborted();
    };
    await expect(perform(work, message, contextOf({}, ending.signal))).rejects.toThrow('aborted');
    expect(events.at(-1)).toBe('asyncEnd unfinished');
    expect(events).not.toContain('error unfinished');
  });

  it('publishes no end of a message that is still running', async () => {
    const { events } = record();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const performing = perform(() => promise, message, context);
    await new Promise(setImmediate);
    expect(events).toEqual(['start running', 'end running']);
    resolve(undefined);
    await performing;
    expect(events).toHaveLength(4);
  });

  it('creates no promise without a subscriber', () => {
    expect(perform(() => undefined, message, context)).toBeUndefined();
  });
});

describe('the asynchronous context of a traced message', () => {
  const store = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const look: Work = async () => {
    await Promise.resolve();
    seen.push(store.getStore());
  };

  it('is the store in which a subscriber runs the work, for that work only', async () => {
    subscribe({
      start: (trace) => {
        trace.around = (work) => store.run(trace.message.id, work);
      },
    });
    await perform(look, message, context);
    expect(seen.splice(0)).toEqual([message.id]);
    expect(store.getStore()).toBeUndefined();
  });

  it('has the store bound to the channel', async () => {
    channel.start.bindStore(store, (trace) => `bound ${trace.message.id}`);
    onTestFinished(() => {
      channel.start.unbindStore(store);
    });
    await perform(look, message, context);
    expect(seen.splice(0)).toEqual([`bound ${message.id}`]);
    expect(store.getStore()).toBeUndefined();
  });
});

describe('the channel of invocations', () => {
  it('hands the traceparent that a subscriber sets to every message', async () => {
    const starts: unknown[] = [];
    const subscriber = (start: unknown): void => {
      starts.push({ ...(start as InvocationStart) });
      (start as InvocationStart).traceparent = '00-1-2-01';
    };
    diagnostics.subscribe('parallel-lambda:invocation', subscriber);
    onTestFinished(() => {
      diagnostics.unsubscribe('parallel-lambda:invocation', subscriber);
    });
    const contexts: unknown[] = [];
    const handler = batchHandler((batch, invocation) => {
      contexts.push(invocation.context);
      return Promise.resolve(batch.messages.map(() => succeeded));
    });
    await handler({ Records: [sqsRecord('a')] }, { awsRequestId: 'request' });
    expect(starts).toMatchObject([{ awsRequestId: 'request' }]);
    expect(contexts).toMatchObject([{ awsRequestId: 'request', traceparent: '00-1-2-01' }]);
  });
});
