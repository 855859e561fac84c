import { randomUUID } from 'node:crypto';

import { isRecord, LabError, region } from '@parallel-lambda/local-lambda';
import { account } from '@parallel-lambda/local-stack';

/** Services that send messages in a special form to a queue. */
export type NotifyingService = 'sns' | 's3' | 'eventbridge';

/**
 * Returns a message as a service sends it to a queue.
 *
 * @param body of `sns` the published message; of `s3` a JSON object with `bucket` and `key`, and optionally `size`, `eTag`
 * and `eventName`; of `eventbridge` the detail, or an object with `detail`, `detail-type` and `source`
 * @throws {LabError} `usage`, if the service cannot send such a body
 */
export function notification(service: NotifyingService, body: string): string {
  switch (service) {
    case 'sns':
      return JSON.stringify(topicMessage(body));
    case 's3':
      return JSON.stringify(bucketEvent(objectOf(service, body)));
    case 'eventbridge':
      return JSON.stringify(busEvent(objectOf(service, body)));
  }
}

function objectOf(service: string, body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value) && !Array.isArray(value)) return value;
  } catch {
    // Explained below.
  }
  throw new LabError('usage', `With --as ${service} the body must be a JSON object, not ${body}.`);
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
function topicMessage(message: string): object {
  const topicArn = `arn:aws:sns:${region()}:${account}:topic`;
  const host = `https://sns.${region()}.amazonaws.com`;
  return {
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn: topicArn,
    Message: message,
    Timestamp: new Date().toISOString(),
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertURL: `${host}/SimpleNotificationService-0000000000000000000000.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${topicArn}:${randomUUID()}`,
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function bucketEvent({
  bucket = 'bucket',
  key = 'key',
  size = 1024,
  eTag = '0123456789abcdef0123456789abcdef',
  eventName = 'ObjectCreated:Put',
}: Readonly<Record<string, unknown>>): object {
  const identity = { principalId: 'EXAMPLE' };
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region(),
    eventTime: new Date().toISOString(),
    eventName,
    userIdentity: identity,
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': randomUUID(), 'x-amz-id-2': 'EXAMPLE' },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'notification',
      bucket: { name: bucket, ownerIdentity: identity, arn: `arn:aws:s3:::${String(bucket)}` },
      // S3 encodes the key as in a form: a space is a plus.
      object: {
        key: encodeURIComponent(String(key)).replaceAll('%20', '+').replaceAll('%2F', '/'),
        size,
        eTag,
        sequencer: sequencer(),
      },
    },
  };
  return { Records: [record] };
}

/** A hexadecimal number that grows with time. */
function sequencer(): string {
  return (BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n))
    .toString(16)
    .toUpperCase()
    .padStart(18, '0');
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
function busEvent(given: Readonly<Record<string, unknown>>): object {
  const event: Readonly<Record<string, unknown>> = 'detail' in given ? given : { detail: given };
  const { detail, source = 'lab', resources = [], 'detail-type': detailType = 'Message' } = event;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region: region(),
    resources,
    detail,
  };
}
