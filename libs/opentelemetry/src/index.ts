/**
 * Makes an OpenTelemetry span of every message.
 * @module @parallel-lambda/opentelemetry
 */
export { traceMessages, type MessageTracing, type TraceMessagesOptions } from './trace-messages.ts';
