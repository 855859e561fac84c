import type { Message, WorkContext } from '@parallel-lambda/batch';
import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Tracer from 'effect/Tracer';

/** An X-Ray trace header: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
const TRACE_HEADER = /Root=1-([0-9a-f]{8})-([0-9a-f]{24});Parent=([0-9a-f]{16})(?:;Sampled=([01]))?/;

/**
 * Runs an Effect in a span of its message, if the services hold a tracer. The invocation's trace is the parent, and the
 * attributes are those of the semantic conventions for messaging.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
export function withMessageSpan<A, E, R>(
  effect: Effect.Effect<A, E, R>,
  services: Context.Context<never>,
  { id }: Message,
  { awsRequestId, traceId }: WorkContext,
  sourceName: string,
): Effect.Effect<A, E, R> {
  if (Context.getOrUndefined(services, Tracer.Tracer) === undefined) return effect;
  return Effect.withSpan(effect, `process ${sourceName}`, {
    kind: 'consumer',
    parent: parentOf(traceId),
    attributes: {
      'messaging.operation.type': 'process',
      'messaging.message.id': id,
      'faas.invocation_id': awsRequestId,
    },
    captureStackTrace: false,
  });
}

function parentOf(header: string | undefined): Tracer.ExternalSpan | undefined {
  const [, seconds, random, spanId, sampled] = TRACE_HEADER.exec(header ?? '') ?? [];
  if (spanId === undefined) return undefined;
  return Tracer.externalSpan({ traceId: [seconds, random].join(''), spanId, sampled: sampled !== '0' });
}
