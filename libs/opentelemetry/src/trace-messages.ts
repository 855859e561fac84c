import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';

import { trace, type TracerProvider } from '@opentelemetry/api';
import type { BatchEnd, InvocationStart, MessageTrace, WorkContext } from '@parallel-lambda/batch';
import { checkOption, checkOptions } from '@parallel-lambda/batch/technique';

import { MessageSpans } from './message-spans.ts';
import { toTraceparent } from './trace-context.ts';

const INVOCATIONS = 'parallel-lambda:invocation';

/** Options for `traceMessages`. */
export interface TraceMessagesOptions {
  /**
   * Creates the spans, and is flushed at the end of each batch.
   * @default the provider that is registered globally when the first message starts
   */
  readonly tracerProvider?: TracerProvider;
}

/**
 * The hook for `onBatchEnd`, of `batchHandler` and of a thread's work module: ends the spans of abandoned messages, and waits
 * until all spans are exported. Dispose of it to trace no more messages.
 */
export interface MessageTracing extends Disposable {
  (end: BatchEnd | WorkContext): Promise<void>;
}

/**
 * Traces every message that this thread processes from now on: a span of kind `CONSUMER` per message, with the attributes
 * of OpenTelemetry's semantic conventions for messaging. Its parent is the invocation's span. It links to the span in which
 * the message was sent, if the message has its trace context: `AWSTraceHeader` and the attribute `traceparent` of SQS, the
 * header `traceparent` of Kafka. The span is active in the work, so spans that the work starts are its children.
 *
 * Call it once per thread, and pass the hook that it returns to `onBatchEnd`. With thread workers, call it in the module of
 * the handler, which passes the invocation's span to the threads, and in the work module.
 * @example
 * export const handler = batchHandler(promiseWorkers({ work }), { onBatchEnd: traceMessages() });
 *
 * @example
 * // In the work module of thread workers:
 * export const onBatchEnd = traceMessages();
 *
 * @throws {InvalidOptionError} when an option is unknown or the provider is not one
 * @see https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
export function traceMessages(options: TraceMessagesOptions = {}): MessageTracing {
  checkOptions('traceMessages', options, ['tracerProvider']);
  const { tracerProvider } = options;
  const isProvider =
    tracerProvider === undefined ||
    typeof (Object(tracerProvider) as Partial<TracerProvider>).getTracer === 'function';
  checkOption(
    'tracerProvider of traceMessages',
    'a TracerProvider of OpenTelemetry',
    tracerProvider,
    isProvider,
  );
  const tracer = (tracerProvider ?? trace).getTracer('@parallel-lambda/opentelemetry');
  const spans = new MessageSpans(tracer);
  const { start, asyncEnd } = tracingChannel('parallel-lambda:message');
  const onStart = (message: unknown): void => {
    spans.start(message as MessageTrace);
  };
  const onEnd = (message: unknown): void => {
    spans.end(message as MessageTrace);
  };
  start.subscribe(onStart);
  asyncEnd.subscribe(onEnd);
  subscribe(INVOCATIONS, onInvocation);

  async function hook(end: BatchEnd | WorkContext): Promise<void> {
    if ('messages' in end) {
      trace.getActiveSpan()?.setAttribute('messaging.batch.message_count', end.messages.length);
      spans.abandon(end.context);
    } else spans.abandon(end);
    await flush(tracerProvider ?? trace.getTracerProvider());
  }

  return Object.assign(hook, {
    [Symbol.dispose]() {
      start.unsubscribe(onStart);
      asyncEnd.unsubscribe(onEnd);
      unsubscribe(INVOCATIONS, onInvocation);
    },
  });
}

/** Hands the active span, that of the invocation, to the threads. */
function onInvocation(invocation: unknown): void {
  const span = trace.getActiveSpan();
  if (span) (invocation as InvocationStart).traceparent = toTraceparent(span.spanContext());
}

/** Exports the spans that have ended, if the provider can do that. */
async function flush(provider: TracerProvider): Promise<void> {
  const proxy: SdkTracerProvider = provider;
  const target = proxy.getDelegate?.() ?? proxy;
  await target.forceFlush?.();
}

/** A provider with the methods that those of the SDK have. The global one delegates to the one that was registered. */
interface SdkTracerProvider extends TracerProvider {
  readonly getDelegate?: () => SdkTracerProvider;
  readonly forceFlush?: () => Promise<void>;
}
