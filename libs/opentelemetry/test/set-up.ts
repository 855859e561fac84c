import { context, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace';
import { batchHandler, type BatchHandlerOptions, type Technique } from '@parallel-lambda/batch';
import { onTestFinished } from 'vitest';

import { traceMessages } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

/** An identifier of a trace, of a span, and the headers that name them. */
export const producer = {
  traceId: '5759e988bd862e3fe1be46a994272793',
  spanId: '53995c3f42cd8ad8',
  xRay: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  traceparent: '00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01',
} as const;

/** Traces messages until the test ends. */
export function tracing(): {
  provider: TracerProvider;
  options: BatchHandlerOptions;
  spans: () => ReadableSpan[];
} {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const onBatchEnd = traceMessages({ tracerProvider: provider });
  onTestFinished(() => {
    onBatchEnd[Symbol.dispose]();
  });
  return {
    provider,
    options: { onBatchEnd, logger: { error: () => undefined, warn: () => undefined } },
    spans: () => exporter.getFinishedSpans(),
  };
}

/** Handles an event in the span of an invocation, as an instrumentation of the handler does. */
export async function invoke(
  provider: TracerProvider,
  technique: Technique,
  event: object,
  { remainingMs, ...options }: BatchHandlerOptions & { remainingMs?: number },
): Promise<{ response: unknown; invocation: Span }> {
  const lambda = {
    awsRequestId: 'request-1',
    ...(remainingMs !== undefined && { getRemainingTimeInMillis: () => remainingMs }),
  };
  return provider.getTracer('test').startActiveSpan('invocation', async (invocation) => {
    const response = await batchHandler(technique, options)(event, lambda);
    return { response, invocation };
  });
}
