import { describeShape } from '../describe.ts';
import type { Message } from '../message.ts';
import { undecodable, type TextOrBytes } from './decoder.ts';
import { jsonObject } from './json.ts';

/**
 * Unwraps the `detail` of an event that an EventBridge rule sends to a queue or a stream.
 *
 * @throws {InvalidMessageError} when the input is not an EventBridge event: one with `detail-type`, `source` and `detail`
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export function eventBridgeEnvelope(input: TextOrBytes, message: Message): unknown {
  const event = jsonObject(input, message);
  if (typeof event['detail-type'] !== 'string' || typeof event.source !== 'string' || !('detail' in event)) {
    throw undecodable(
      message,
      `must be an EventBridge event with detail-type, source and detail, not ${describeShape(input)}`,
    );
  }
  return event.detail;
}
