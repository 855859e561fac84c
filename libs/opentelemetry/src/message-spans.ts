import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { MessageTrace, Outcome, WorkContext } from '@parallel-lambda/batch';

import { messageOrigin } from './message-origin.ts';
import { fromTraceparent, fromXRayHeader } from './trace-context.ts';

/** The spans of the messages in flight in this thread. */
export class MessageSpans {
  readonly #tracer: Tracer;
  readonly #running = new Map<MessageTrace, Span>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  /** Starts the span of a message, and makes it the active one of its work. */
  start(message: MessageTrace): void {
    const parent = parentOf(message.context);
    const span = this.#startSpan(message, parent);
    this.#running.set(message, span);
    const active = trace.setSpan(parent, span);
    const { around } = message;
    message.around = (work) => context.with(active, () => (around ? around(work) : work()));
  }

  /** Ends the span of a message. It does nothing for a message that was not started in this thread. */
  end(message: MessageTrace): void {
    this.#end(message, message.outcome);
  }

  /** Ends the spans of a batch whose messages are still running: their work was abandoned. */
  abandon(batch: WorkContext): void {
    for (const message of this.#running.keys()) {
      if (message.context === batch) this.#end(message, { status: 'unfinished', reason: 'abandoned' });
    }
  }

  #end(message: MessageTrace, outcome: Outcome | undefined): void {
    const span = this.#running.get(message);
    if (!span) return;
    this.#running.delete(message);
    setOutcome(span, outcome);
    span.end();
  }

  #startSpan({ message, context: work }: MessageTrace, parent: Context): Span {
    const { destination, attributes, producers } = messageOrigin(message.record);
    return this.#tracer.startSpan(
      `process ${destination}`.trim(),
      {
        kind: SpanKind.CONSUMER,
        attributes: {
          ...attributes,
          'messaging.operation.name': 'process',
          'messaging.operation.type': 'process',
          'messaging.message.id': message.id,
          ...(work.awsRequestId !== undefined && { 'faas.invocation_id': work.awsRequestId }),
        },
        links: producers.map((producer): Link => ({ context: producer })),
      },
      parent,
    );
  }
}

/**
 * Returns the context whose span is the parent: the active span, else the span of the invocation in the main thread, else the
 * trace header of AWS X-Ray, if X-Ray samples the invocation.
 */
function parentOf({ traceparent, traceId }: WorkContext): Context {
  const active = context.active();
  if (trace.getSpan(active)) return active;
  const handedOver = fromTraceparent(traceparent);
  const xRay = fromXRayHeader(traceId);
  const parent = handedOver ?? (xRay?.traceFlags ? xRay : undefined);
  return parent ? trace.setSpanContext(active, parent) : active;
}

function setOutcome(span: Span, outcome: Outcome | undefined): void {
  if (!outcome || outcome.status === 'succeeded') return;
  if (outcome.status === 'unfinished') {
    span.setAttribute('error.type', outcome.reason);
    span.setStatus({ code: SpanStatusCode.ERROR, message: outcome.reason });
    return;
  }
  const { name, message } = describeError(outcome.error);
  span.recordException({ name, message });
  span.setAttribute('error.type', name);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

function describeError(error: unknown): { readonly name: string; readonly message: string } {
  try {
    if (!(error instanceof Error)) return { name: typeof error, message: String(error) };
    const { name, message } = error as { readonly name: unknown; readonly message: unknown };
    return { name: String(name), message: String(message) };
  } catch {
    return { name: 'Error', message: 'an error that cannot be read' };
  }
}
