/** Code that is loaded when the first message does not succeed. */
export { QueueCalls } from './queue-calls.ts';
export { RedeliveryRun } from './redelivery-run.ts';
export { createClient } from './sqs-calls.ts';
