import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { batchHandler, type Technique } from '@parallel-lambda/batch';
import { sqsRecord } from '@parallel-lambda/event-sources';
import { fiberWorkers } from '@parallel-lambda/fiber-workers';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { threadWorkers } from '@parallel-lambda/thread-workers';
import * as Effect from 'effect/Effect';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { traceMessages } from '../src/index.ts';
import { query } from './fixtures/query.ts';
import { producer } from './set-up.ts';

/** A span as OTLP has it in JSON. */
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

const CONSUMER = 5;
const receiver = spawn(process.execPath, [new URL('fixtures/otlp-receiver.ts', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let url: string;

beforeAll(async () => {
  const [port] = (await once(receiver.stdout, 'data')) as [Buffer];
  url = `http://127.0.0.1:${port.toString().trim()}`;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = url;
});
afterAll(() => {
  receiver.kill();
});

const techniques: [string, () => Technique & Partial<AsyncDisposable>][] = [
  ['promise workers', () => promiseWorkers({ work: query })],
  ['fiber workers', () => fiberWorkers({ work: (message) => Effect.promise(() => query(message)) })],
  [
    'thread workers',
    () => threadWorkers({ work: new URL('fixtures/thread-work.ts', import.meta.url), threads: 2 }),
  ],
];

it.each(techniques)('%s: every span has reached the receiver before the response', async (name, create) => {
  const { provider } = await import('./fixtures/export-to-otlp.ts');
  using tracing = traceMessages();
  const technique = create();
  const handler = batchHandler(technique, {
    onBatchEnd: tracing,
    logger: { error: () => undefined, warn: () => undefined },
  });
  const ids = ['a', 'b', 'c', 'fails'].map((id) => `${id} of ${name}`);
  const Records = ids.map((messageId) => ({
    ...sqsRecord({ messageId, body: messageId.startsWith('fails') ? 'fails' : '', queueName: 'orders' }),
    messageAttributes: { traceparent: { dataType: 'String', stringValue: producer.traceparent } },
  }));
  const parent = await provider.getTracer('test').startActiveSpan('invocation', async (invocation) => {
    const response = await handler({ Records });
    expect(response.batchItemFailures).toHaveLength(1);
    return invocation.spanContext();
  });
  await technique[Symbol.asyncDispose]?.();

  const spans = (await (await fetch(url)).json()) as OtlpSpan[];
  const messages = spans.filter(({ traceId, kind }) => traceId === parent.traceId && kind === CONSUMER);
  expect(messages.map(messageId).sort()).toEqual(ids.sort());
  for (const message of messages) {
    expect(message).toMatchObject({
      name: 'process orders',
      parentSpanId: parent.spanId,
      links: [{ traceId: producer.traceId, spanId: producer.spanId }],
      status: messageId(message).startsWith('fails') ? { code: 2, message: 'no such customer' } : { code: 0 },
    });
    const children = spans.filter(({ parentSpanId }) => parentSpanId === message.spanId);
    expect(children).toMatchObject([{ name: `query of ${messageId(message)}`, traceId: parent.traceId }]);
  }
});

function messageId({ attributes }: OtlpSpan): string {
  return attributes.find(({ key }) => key === 'messaging.message.id')?.value.stringValue ?? '';
}

it('answers although the receiver is gone, and logs that', async () => {
  const { provider } = await import('./fixtures/export-to-otlp.ts');
  using tracing = traceMessages({ tracerProvider: provider });
  const log: string[] = [];
  const handler = batchHandler(promiseWorkers({ work: () => undefined }), {
    onBatchEnd: tracing,
    logger: { error: (line: unknown) => log.push(String(line)), warn: () => undefined },
  });
  receiver.kill();
  await once(receiver, 'exit');
  const event = { Records: [sqsRecord({ messageId: 'a', body: '' })] };
  expect(await handler(event, { getRemainingTimeInMillis: () => 1_000 })).toEqual({ batchItemFailures: [] });
  expect(log).toEqual([expect.stringMatching(/^onBatchEnd (failed with|did not end in time)/)]);
});
