import type { WorkContext } from '@parallel-lambda/batch';

import type { GivenUp } from './parked-attributes.ts';
import { shortened } from './text-size.ts';

/** Keeps the JSON of a record that is cut from becoming larger than the message, however much of it is escaped. */
const ESCAPED = 2;
const FRAME_BYTES = 4_096;

/**
 * Returns the body of a parked record of a stream or of Kafka, in JSON. It has the fields of the record that Lambda sends to an
 * on-failure destination, and the record itself. Of a record that is too large it has the start, as `recordStart`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function failureRecord(
  { message, reason, atMs }: GivenUp,
  { awsRequestId, invokedFunctionArn }: WorkContext,
  maxBytes: number,
): string {
  const { record } = message;
  const head = {
    version: '1.0',
    timestamp: new Date(atMs).toISOString(),
    requestContext: { requestId: awsRequestId, functionArn: invokedFunctionArn, condition: 'GivenUp' },
    reason: shortened(reason, FRAME_BYTES / ESCAPED / 2),
    messageId: message.id,
  };
  const whole = JSON.stringify({ ...head, record });
  if (Buffer.byteLength(whole) <= maxBytes - FRAME_BYTES) return whole;
  const json = JSON.stringify(record);
  const recordStart = shortened(json, (maxBytes - 2 * FRAME_BYTES) / ESCAPED);
  const note = `recordStart has ${Buffer.byteLength(recordStart)} of ${Buffer.byteLength(json)} bytes of the record's JSON`;
  return JSON.stringify({ ...head, note, recordStart });
}
