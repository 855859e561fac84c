import { propagation, trace, type TextMapPropagator } from '@opentelemetry/api';
import { sqsRecord } from '@parallel-lambda/event-sources';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import { messageOrigin } from '../src/message-origin.ts';
import { producer } from './set-up.ts';

const sent = [expect.objectContaining({ traceId: producer.traceId, spanId: producer.spanId })] as unknown[];
const bytes = (text: string): number[] => [...Buffer.from(text)];

describe('the origin of a message', () => {
  it('is a queue of SQS', () => {
    expect(messageOrigin(sqsRecord({ messageId: 'a', body: '', queueName: 'orders' }))).toEqual({
      destination: 'orders',
      attributes: { 'messaging.system': 'aws_sqs', 'messaging.destination.name': 'orders' },
      producers: [],
    });
  });

  it('is a stream of Kinesis, with its shard', () => {
    const record = {
      eventSource: 'aws:kinesis',
      eventSourceARN: 'arn:aws:kinesis:eu-west-1:1:stream/clicks',
      eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
    };
    expect(messageOrigin(record)).toMatchObject({
      destination: 'clicks',
      attributes: {
        'messaging.system': 'aws_kinesis',
        'messaging.destination.partition.id': 'shardId-000000000006',
      },
    });
  });

  it('is the table of a DynamoDB stream', () => {
    const eventSourceARN = 'arn:aws:dynamodb:eu-west-1:1:table/carts/stream/2026-01-01T00:00:00.000';
    expect(messageOrigin({ eventSource: 'aws:dynamodb', eventSourceARN })).toMatchObject({
      destination: 'carts',
      attributes: { 'messaging.system': 'aws_dynamodb' },
    });
  });

  it.each([{}, { eventSource: 'aws:kafka' }, { eventSource: 'SelfManagedKafka' }])(
    'is a topic of Kafka: %o',
    (source) => {
      expect(messageOrigin({ ...source, topic: 'rides', partition: 3, offset: 42 })).toMatchObject({
        destination: 'rides',
        attributes: {
          'messaging.system': 'kafka',
          'messaging.destination.partition.id': '3',
          'messaging.kafka.offset': 42,
        },
      });
    },
  );
});

describe('the span in which a message was sent', () => {
  const sqs = sqsRecord({ messageId: 'a', body: '' });

  it.each<[string, object]>([
    ['AWSTraceHeader of SQS', { ...sqs, attributes: { ...sqs.attributes, AWSTraceHeader: producer.xRay } }],
    [
      'a message attribute of SQS',
      {
        ...sqs,
        messageAttributes: { traceparent: { dataType: 'String', stringValue: producer.traceparent } },
      },
    ],
    [
      'a header of Kafka',
      { topic: 'rides', headers: [{ other: [1, 2] }, { traceparent: bytes(producer.traceparent) }] },
    ],
  ])('is named by %s', (_, record) => {
    expect(messageOrigin(record).producers).toEqual(sent);
  });

  it('is named as the registered propagator reads it', () => {
    const propagator: TextMapPropagator = {
      inject: () => undefined,
      fields: () => ['b3'],
      extract(context, carrier, getter) {
        const [traceId = '', spanId = ''] = String(getter.get(carrier, 'b3')).split('-');
        return trace.setSpanContext(context, { traceId, spanId, traceFlags: 1 });
      },
    };
    propagation.setGlobalPropagator(propagator);
    onTestFinished(() => {
      propagation.disable();
    });
    const b3 = `${producer.traceId}-${producer.spanId}-1`;
    const messageAttributes = { b3: { dataType: 'String', stringValue: b3 } };
    expect(messageOrigin({ ...sqs, messageAttributes }).producers).toEqual(sent);
    expect(messageOrigin({ topic: 'rides', headers: [{ b3: bytes(b3) }] }).producers).toEqual(sent);
    expect(messageOrigin(sqs).producers).toEqual([]);
  });

  it('is that of a traceparent where the registered propagator fails', () => {
    propagation.setGlobalPropagator({
      inject: () => undefined,
      fields: () => [],
      extract: () => {
        throw new Error('malformed');
      },
    });
    onTestFinished(() => {
      propagation.disable();
    });
    const messageAttributes = { traceparent: { dataType: 'String', stringValue: producer.traceparent } };
    expect(messageOrigin({ ...sqs, messageAttributes }).producers).toEqual(sent);
  });

  it('can be two: that of X-Ray and that of OpenTelemetry', () => {
    const record = {
      ...sqs,
      attributes: { AWSTraceHeader: producer.xRay },
      messageAttributes: { traceparent: { stringValue: producer.traceparent } },
    };
    expect(messageOrigin(record).producers).toHaveLength(2);
  });
});

it('reads any record without throwing', () => {
  const record = fc.record(
    {
      eventSource: fc.constantFrom('aws:sqs', 'aws:kinesis', 'aws:dynamodb', 'aws:kafka', 'other', 7, null),
      eventSourceARN: fc.anything({ withNullPrototype: false }),
      eventID: fc.string(),
      attributes: fc.option(fc.dictionary(fc.string(), fc.anything())),
      messageAttributes: fc.option(fc.dictionary(fc.constant('traceparent'), fc.option(fc.object()))),
      topic: fc.string(),
      headers: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(record, fc.anything()), (value) => {
      messageOrigin(value);
    }),
    { seed: 20261128 },
  );
});
