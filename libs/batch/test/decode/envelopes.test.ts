import { describe, expect, it } from 'vitest';

import { eventBridgeEnvelope, s3Notification, snsEnvelope } from '../../src/decode/index.ts';
import { InvalidMessageError } from '../../src/index.ts';
import { bytesOf, decoded, message } from './decoded.ts';

describe('snsEnvelope', () => {
  const envelope = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: 'arn:aws:sns:us-west-2:123456789012:orders',
    Message: '{"order":1}',
    Timestamp: '2012-05-02T00:54:06.655Z',
  };

  it('unwraps the message', () => {
    expect(decoded(snsEnvelope, JSON.stringify(envelope))).toBe('{"order":1}');
  });

  it.each([
    ['{"order":1}'],
    ['plain text'],
    ['null'],
    ['[1]'],
    ['{"Type":"Notification","Message":{"order":1}}'],
    ['{"Type":"SubscriptionConfirmation","Message":"You have chosen to subscribe"}'],
  ])('passes on what has no envelope, as raw message delivery sends it: %s', (text) => {
    expect(snsEnvelope(text, message)).toBe(text);
    const bytes = bytesOf(text);
    expect(snsEnvelope(bytes, message)).toBe(bytes);
  });

  it('passes on bytes that are no text', () => {
    const bytes = Uint8Array.from([0xff]);
    expect(snsEnvelope(bytes, message)).toBe(bytes);
  });
});

describe('eventBridgeEnvelope', () => {
  const envelope = {
    version: '0',
    id: '1',
    'detail-type': 'Order placed',
    source: 'shop',
    detail: { order: 1 },
  };

  it('unwraps the detail, whatever it is', () => {
    for (const detail of [{ order: 1 }, 'text', null, [1]]) {
      expect(decoded(eventBridgeEnvelope, JSON.stringify({ ...envelope, detail }))).toEqual(detail);
    }
  });

  it.each([
    ['{"detail":{"order":1}}'],
    [JSON.stringify({ ...envelope, detail: undefined })],
    [JSON.stringify({ ...envelope, source: 7 })],
    [JSON.stringify({ ...envelope, 'detail-type': 7 })],
    ['no JSON'],
    ['null'],
  ])('refuses %s', (text) => {
    expect(() => eventBridgeEnvelope(text, message)).toThrow(InvalidMessageError);
    expect(() => eventBridgeEnvelope(text, message)).toThrow('Message a must be an EventBridge event');
  });
});

describe('s3Notification', () => {
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: {
      bucket: { name: 'orders' },
      object: { key: 'new+orders/%C3%A4%2B1.json', size: 1024, eTag: 'd41d8cd9', versionId: 'v1' },
    },
  };

  it('lists the objects, with their keys decoded', () => {
    const removed = { ...record, eventName: 'ObjectRemoved:Delete' };
    const text = JSON.stringify({
      Records: [record, { ...removed, s3: { ...record.s3, object: { key: 'old' } } }],
    });
    expect(decoded(s3Notification, text)).toEqual([
      {
        eventName: 'ObjectCreated:Put',
        bucket: 'orders',
        key: 'new orders/ä+1.json',
        size: 1024,
        eTag: 'd41d8cd9',
        versionId: 'v1',
      },
      { eventName: 'ObjectRemoved:Delete', bucket: 'orders', key: 'old' },
    ]);
  });

  it('skips the test event', () => {
    expect(
      decoded(s3Notification, '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"orders"}'),
    ).toEqual([]);
  });

  it.each([
    ['{"order":1}'],
    ['no JSON'],
    ['{"Records":[{}]}'],
    ['{"Records":[null]}'],
    [JSON.stringify({ Records: [{ ...record, s3: { ...record.s3, object: { key: '%' } } }] })],
  ])('refuses %s', (text) => {
    expect(() => s3Notification(text, message)).toThrow(InvalidMessageError);
    expect(() => s3Notification(text, message)).toThrow('Message a must be an S3 event notification');
  });
});
