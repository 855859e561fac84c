import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Work } from '@parallel-lambda/batch';
import { contextOf, perform, readBatch } from '@parallel-lambda/batch/technique';
import { sqsRecord } from '@parallel-lambda/event-sources';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { describe, expect, it } from 'vitest';

import { traceMessages } from '../src/index.ts';
import { invoke, producer, tracing } from './set-up.ts';

const eventOf = (...ids: string[]): object => ({
  Records: ids.map((messageId) => sqsRecord({ messageId, body: '', queueName: 'orders' })),
});

describe('the span of a message', () => {
  it('is a consumer span in the trace of the invocation, by the conventions for messaging', async () => {
    const { provider, options, spans } = tracing();
    const { invocation } = await invoke(
      provider,
      promiseWorkers({ work: () => undefined }),
      eventOf('a', 'b'),
      options,
    );
    const { traceId, spanId } = invocation.spanContext();
    expect(spans()).toHaveLength(2);
    expect(spans()[0]).toMatchObject({
      name: 'process orders',
      kind: SpanKind.CONSUMER,
      parentSpanContext: { traceId, spanId },
      attributes: {
        'messaging.system': 'aws_sqs',
        'messaging.operation.name': 'process',
        'messaging.operation.type': 'process',
        'messaging.destination.name': 'orders',
        'messaging.message.id': 'a',
        'faas.invocation_id': 'request-1',
      },
      status: { code: SpanStatusCode.UNSET },
      links: [],
    });
    expect(invocation).toMatchObject({ attributes: { 'messaging.batch.message_count': 2 } });
  });

  it('is the parent of the spans that its work starts, and of no others', async () => {
    const { provider, options, spans } = tracing();
    const work: Work = async ({ id }) => {
      await Promise.resolve();
      provider.getTracer('test').startSpan(`query of ${id}`).end();
    };
    await invoke(provider, promiseWorkers({ work, workers: 2 }), eventOf('a', 'b', 'c', 'd'), options);
    const idOf = new Map(
      spans().map((span) => [span.spanContext().spanId, span.attributes['messaging.message.id']]),
    );
    const children = spans().filter(({ name }) => name.startsWith('query'));
    expect(children).toHaveLength(4);
    for (const { name, parentSpanContext } of children) {
      expect(name).toBe(`query of ${String(idOf.get(parentSpanContext?.spanId ?? ''))}`);
    }
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it('links to the span in which the message was sent', async () => {
    const { provider, options, spans } = tracing();
    const record = sqsRecord({ messageId: 'a', body: '' });
    const event = {
      Records: [{ ...record, attributes: { ...record.attributes, AWSTraceHeader: producer.xRay } }],
    };
    await invoke(provider, promiseWorkers({ work: () => undefined }), event, options);
    expect(spans()[0]?.links).toMatchObject([
      { context: { traceId: producer.traceId, spanId: producer.spanId } },
    ]);
  });

  it('has the error of its work', async () => {
    const { provider, options, spans } = tracing();
    const work: Work = () => {
      throw new RangeError('no such customer');
    };
    await invoke(provider, promiseWorkers({ work }), eventOf('a'), options);
    expect(spans()[0]).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: 'no such customer' },
      attributes: { 'error.type': 'RangeError' },
      events: [{ name: 'exception', attributes: { 'exception.type': 'RangeError' } }],
    });
  });

  it('ends before the response although its work does not, with the reason', async () => {
    const { provider, options, spans } = tracing();
    const technique = promiseWorkers({ work: () => new Promise(() => undefined) });
    await invoke(provider, technique, eventOf('a'), { ...options, remainingMs: 20 });
    expect(spans()).toMatchObject([
      {
        status: { code: SpanStatusCode.ERROR, message: 'abandoned' },
        attributes: { 'error.type': 'abandoned' },
      },
    ]);
  });
});

describe('the parent of a message', () => {
  const run = async (traceId: string | undefined, traceparent?: string): Promise<unknown> => {
    const { spans } = tracing();
    const [message] = readBatch(eventOf('a')).messages;
    if (!message) throw new Error('The batch is empty');
    const context = contextOf({ traceId, traceparent }, new AbortController().signal);
    await perform(() => Promise.resolve(), message, context);
    return spans()[0]?.parentSpanContext?.spanId;
  };

  it('is the span that the main thread has passed, where no span is active', async () => {
    expect(await run(producer.xRay, '00-5759e988bd862e3fe1be46a994272793-00000000000000ab-01')).toBe(
      '00000000000000ab',
    );
  });

  it('is the segment of X-Ray, if X-Ray samples the invocation', async () => {
    expect(await run(producer.xRay)).toBe(producer.spanId);
    expect(await run(producer.xRay.replace('Sampled=1', 'Sampled=0'))).toBeUndefined();
    expect(await run(undefined)).toBeUndefined();
  });
});

it('creates no spans after disposal', async () => {
  const { provider, options, spans } = tracing();
  const other = traceMessages({ tracerProvider: provider });
  other[Symbol.dispose]();
  await invoke(provider, promiseWorkers({ work: () => undefined }), eventOf('a'), options);
  expect(spans()).toHaveLength(1);
});

it.each([
  [{ provider: 1 }, "Unknown option 'provider' of traceMessages. Its options are tracerProvider."],
  [{ tracerProvider: {} }, 'tracerProvider of traceMessages must be a TracerProvider'],
])('refuses the options %o', (options, message) => {
  expect(() => traceMessages(options as never)).toThrow(message);
});
