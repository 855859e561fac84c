import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';

import { jsonBytes } from '../json-bytes.ts';

/** A message that has been received, and not deleted yet. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** The record as Lambda sends it. */
  readonly record: object;
  /** Bytes of the record as JSON. */
  readonly bytes: number;
  /** Time on the clock of `performance.now()`. */
  readonly receivedAtMs: number;
}

/**
 * Makes the record of a message as SQS has handed it out.
 *
 * @param queueArn of its queue
 * @throws {TypeError} when it has no identifier or no receipt handle
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function receivedMessage(message: Message, queueArn: string, receivedAtMs: number): ReceivedMessage {
  const { MessageId: messageId, ReceiptHandle: receiptHandle } = message;
  if (!messageId || !receiptHandle) throw new TypeError('SQS returned a message without identifier');
  const record = {
    messageId,
    receiptHandle,
    body: message.Body ?? '',
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, attribute(value)]),
    ),
    md5OfBody: message.MD5OfBody ?? '',
    ...(message.MD5OfMessageAttributes && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
  return { messageId, receiptHandle, record, bytes: jsonBytes(record), receivedAtMs };
}

function attribute({ StringValue, BinaryValue, DataType }: MessageAttributeValue): object {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType ?? 'String',
  };
}
