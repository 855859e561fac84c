import { contextOf, readBatch } from '@parallel-lambda/batch/technique';
import { manualDeadline, sqsEvent } from '@parallel-lambda/conformance';
import * as Effect from 'effect/Effect';
import * as Exit from 'effect/Exit';
import * as Layer from 'effect/Layer';
import * as Logger from 'effect/Logger';
import * as Option from 'effect/Option';
import * as References from 'effect/References';
import * as Tracer from 'effect/Tracer';
import { expect, it } from 'vitest';

import { fiberWorkers, type FiberTechnique } from '../src/index.ts';

const trace = {
  header: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  traceId: '5759e988bd862e3fe1be46a994272793',
  spanId: '53995c3f42cd8ad8',
} as const;

/** A layer with a tracer that records its spans. */
function recordedTracer(spans: Tracer.NativeSpan[]): Layer.Layer<never> {
  const tracer = Tracer.make({
    span(options) {
      const span = new Tracer.NativeSpan(options);
      spans.push(span);
      return span;
    },
  });
  return Layer.succeed(Tracer.Tracer, tracer);
}

/** Processes the messages a and b of an invocation. */
function run(technique: FiberTechnique, traceId: string | undefined = trace.header) {
  const deadline = manualDeadline();
  const batch = readBatch(sqsEvent(['a', 'b'].map((id) => ({ id, body: '' }))));
  const context = contextOf({ awsRequestId: 'request-1', traceId }, deadline.signal);
  return technique(batch, { deadline, context });
}

it("runs each message in a span, a child of the invocation's trace", async () => {
  const spans: Tracer.NativeSpan[] = [];
  await using technique = fiberWorkers({
    work: ({ id }) => (id === 'a' ? Effect.void : Effect.fail('failed')),
    layer: recordedTracer(spans),
    workers: 1,
  });
  await run(technique);
  expect(
    spans.map(({ name, kind, attributes }) => ({ name, kind, ...Object.fromEntries(attributes) })),
  ).toEqual(
    ['a', 'b'].map((id) => ({
      name: 'process SQS',
      kind: 'consumer',
      'messaging.operation.type': 'process',
      'messaging.message.id': id,
      'faas.invocation_id': 'request-1',
    })),
  );
  for (const { parent, traceId } of spans) {
    expect(Option.getOrUndefined(parent)).toMatchObject({ traceId: trace.traceId, spanId: trace.spanId });
    expect(traceId).toBe(trace.traceId);
  }
  expect(spans.map(({ status }) => status._tag === 'Ended' && Exit.isSuccess(status.exit))).toEqual([
    true,
    false,
  ]);
});

it('gives spans of the work the span of its message as their parent', async () => {
  const spans: Tracer.NativeSpan[] = [];
  await using technique = fiberWorkers({
    work: () => Effect.withSpan(Effect.yieldNow, 'query'),
    layer: recordedTracer(spans),
    workers: 1,
  });
  await run(technique);
  expect(spans.map(({ name }) => name)).toEqual(['process SQS', 'query', 'process SQS', 'query']);
  expect(Option.getOrUndefined(spans[3]?.parent ?? Option.none())).toBe(spans[2]);
});

it.each([undefined, '', 'Root=1-5759e988-bd862e3fe1be46a994272793', 'nonsense'])(
  'starts a new trace if the invocation has the trace header %j',
  async (header) => {
    const spans: Tracer.NativeSpan[] = [];
    await using technique = fiberWorkers({ work: () => Effect.void, layer: recordedTracer(spans) });
    await run(technique, header ?? '');
    expect(spans.map(({ parent }) => Option.isNone(parent))).toEqual([true, true]);
  },
);

it("keeps the sampling decision of the invocation's trace", async () => {
  const spans: Tracer.NativeSpan[] = [];
  await using technique = fiberWorkers({ work: () => Effect.void, layer: recordedTracer(spans) });
  await run(technique, trace.header.replace('Sampled=1', 'Sampled=0'));
  expect(spans.map(({ sampled }) => sampled)).toEqual([false, false]);
});

it('annotates logs with the message and the request', async () => {
  const logged: unknown[] = [];
  const logger = Logger.make(({ message, fiber }) => {
    logged.push([message, fiber.getRef(References.CurrentLogAnnotations)]);
  });
  await using technique = fiberWorkers({
    work: () =>
      Effect.gen(function* () {
        yield* Effect.log('start');
        yield* Effect.forkChild(Effect.log('in a child'));
        yield* Effect.yieldNow;
      }),
    layer: Logger.layer([logger]),
    workers: 1,
  });
  await run(technique);
  expect(logged).toEqual(
    ['a', 'b'].flatMap((messageId) =>
      ['start', 'in a child'].map((message) => [[message], { messageId, requestId: 'request-1' }]),
    ),
  );
});

it('keeps the log annotations of the layer', async () => {
  const annotations: unknown[] = [];
  await using technique = fiberWorkers({
    work: () =>
      Effect.map(References.CurrentLogAnnotations, (current) => {
        annotations.push(current);
      }),
    layer: Layer.succeed(References.CurrentLogAnnotations, { service: 'orders' }),
    workers: 1,
  });
  await run(technique);
  expect(annotations[0]).toEqual({ service: 'orders', messageId: 'a', requestId: 'request-1' });
});
