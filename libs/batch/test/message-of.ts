import type { Message } from '../src/index.ts';
import { readBatch } from '../src/technique/index.ts';
import { sqsRecord } from './sqs-record.ts';

/** Returns the first message of an event. */
export function firstMessageOf(event: object): Message {
  const [message] = readBatch(event).messages;
  if (!message) throw new Error('There is a message');
  return message;
}

/** Returns a message of a standard queue with this body. Its identifier is `a`. */
export function messageOf(body: string): Message {
  return firstMessageOf({ Records: [sqsRecord('a', { body })] });
}
