import { describe, expect, it } from 'vitest';

import { repeatRecords } from '../../src/tune/repeat-records.ts';

const long = '49590338271490256608559692538361571095921575989136588898';

describe('records of a stream that are repeated', () => {
  it('have ascending sequence numbers of Kinesis, and their own keys', () => {
    const records = [
      { eventID: `shardId-0:${long}`, kinesis: { sequenceNumber: long, partitionKey: 'a' } },
      {
        eventID: `shardId-0:${BigInt(long) + 5n}`,
        kinesis: { sequenceNumber: `${BigInt(long) + 5n}`, partitionKey: 'b' },
      },
    ];
    const numbers = [0n, 5n, 6n, 11n, 12n].map((more) => String(BigInt(long) + more));
    expect(repeatRecords({ Records: records })?.(5)).toEqual({
      Records: numbers.map((sequenceNumber, place) => ({
        eventID: `shardId-0:${sequenceNumber}`,
        kinesis: { sequenceNumber, partitionKey: place % 2 === 0 ? 'a' : 'b' },
      })),
    });
  });

  it('have ascending sequence numbers and separate event ids of DynamoDB', () => {
    const event = {
      Records: [{ eventID: 'e', dynamodb: { SequenceNumber: '100', Keys: { id: { S: '7' } } } }],
    };
    expect(repeatRecords(event)?.(3)).toEqual({
      Records: [
        { eventID: 'e', dynamodb: { SequenceNumber: '100', Keys: { id: { S: '7' } } } },
        { eventID: 'e-1', dynamodb: { SequenceNumber: '101', Keys: { id: { S: '7' } } } },
        { eventID: 'e-2', dynamodb: { SequenceNumber: '102', Keys: { id: { S: '7' } } } },
      ],
    });
  });

  it('stay in their partitions of Kafka, with ascending offsets', () => {
    const event = {
      eventSource: 'aws:kafka',
      records: { 'orders-0': [{ offset: 1 }, { offset: 2 }], 'orders-1': [{ offset: 8 }] },
    };
    const repeat = repeatRecords(event);
    expect(repeat?.(3)).toEqual(event);
    expect(repeat?.(5)).toEqual({
      eventSource: 'aws:kafka',
      records: {
        'orders-0': [{ offset: 1 }, { offset: 2 }, { offset: 9 }, { offset: 10 }],
        'orders-1': [{ offset: 8 }],
      },
    });
    expect(repeat?.(1)).toEqual({ eventSource: 'aws:kafka', records: { 'orders-0': [{ offset: 1 }] } });
  });

  it('are a list where EventBridge Pipes sends one', () => {
    const records = [{ eventID: 's:1', kinesis: { sequenceNumber: '1' } }];
    expect(repeatRecords(records)?.(2)).toEqual([
      { eventID: 's:1', kinesis: { sequenceNumber: '1' } },
      { eventID: 's:2', kinesis: { sequenceNumber: '2' } },
    ]);
    expect(repeatRecords([{ topic: 'orders', partition: 0, offset: 4 }])?.(2)).toEqual([
      { topic: 'orders', partition: 0, offset: 4 },
      { topic: 'orders', partition: 0, offset: 5 },
    ]);
  });

  it.each([
    ['no numbers', { Records: [{ kinesis: { sequenceNumber: 'first' } }] }],
    ['another source', { Records: [{ Sns: {} }] }],
    ['no records', {}],
  ])('are not made of an event with %s', (_, event) => {
    expect(repeatRecords(event)).toBeUndefined();
  });
});
