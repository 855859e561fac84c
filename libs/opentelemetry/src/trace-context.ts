import {
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type SpanContext,
} from '@opentelemetry/api';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;
/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
const XRAY_ROOT = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/;
const XRAY_PARENT = /(?:^|;)\s*Parent=([0-9a-f]{16})(?:;|$)/;
const XRAY_SAMPLED = /(?:^|;)\s*Sampled=1(?:;|$)/;

/** Reads a W3C `traceparent`. Anything else than a valid text is not a context. */
export function fromTraceparent(traceparent: unknown): SpanContext | undefined {
  if (typeof traceparent !== 'string') return undefined;
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent.trim()) ?? [];
  return valid({ traceId, spanId, traceFlags: parseInt(flags, 16) & TraceFlags.SAMPLED });
}

/**
 * Reads the span that sent a message from its attributes or headers: by the propagator that is registered globally, such as one for
 * B3, else from a W3C `traceparent`.
 */
export function fromCarrier(carrier: Readonly<Record<string, unknown>>): SpanContext | undefined {
  return extracted(carrier) ?? fromTraceparent(carrier.traceparent);
}

function extracted(carrier: Readonly<Record<string, unknown>>): SpanContext | undefined {
  try {
    const context = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, carrier));
    return context && isSpanContextValid(context) ? context : undefined;
  } catch {
    // The propagator cannot read the headers.
    return undefined;
  }
}

/** Writes the W3C `traceparent` of a span. */
export function toTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** Reads a trace header of AWS X-Ray, such as `AWSTraceHeader` of an SQS message. */
export function fromXRayHeader(header: unknown): SpanContext | undefined {
  if (typeof header !== 'string') return undefined;
  const [, seconds = '', random = ''] = XRAY_ROOT.exec(header) ?? [];
  const [, spanId = ''] = XRAY_PARENT.exec(header) ?? [];
  const traceFlags = XRAY_SAMPLED.test(header) ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return valid({ traceId: `${seconds}${random}`, spanId, traceFlags });
}

function valid(context: SpanContext): SpanContext | undefined {
  return isSpanContextValid(context) ? { ...context, isRemote: true } : undefined;
}
