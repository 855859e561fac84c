export { sqsEvent } from './sqs-event.ts';
