export { traceMessages, type MessageTracing, type TraceMessagesOptions } from './trace-messages.ts';
