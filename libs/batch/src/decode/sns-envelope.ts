import type { Message } from '../message.ts';
import type { TextOrBytes } from './decoder.ts';
import { jsonObject } from './json.ts';

/**
 * Unwraps the `Message` of an SNS notification that a queue subscribes to. A message without the envelope, as SNS sends
 * it with raw message delivery, is returned unchanged.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
 */
export function snsEnvelope<Input extends TextOrBytes>(input: Input, message: Message): Input | string {
  const { Type, Message: sent } = jsonObject(input, message);
  return Type === 'Notification' && typeof sent === 'string' ? sent : input;
}
