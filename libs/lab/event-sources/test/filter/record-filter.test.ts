import { describe, expect, it } from 'vitest';

import {
  DynamoDbStream,
  KafkaTopics,
  KinesisStream,
  recordFilter,
  type FilteredSource,
} from '../../src/index.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A record with what its producer wrote. */
const recordWith: Readonly<Record<'sqs' | 'kinesis' | 'kafka', (text: string) => object>> = {
  sqs: (body) => ({ messageId: 'm', body }),
  kinesis: (text) => ({ kinesis: { partitionKey: 'k', data: base64(text) } }),
  kafka: (text) => ({ topic: 't', value: base64(text) }),
};

describe.each([
  ['sqs', 'body'],
  ['kinesis', 'data'],
  ['kafka', 'value'],
] as const)('a filter of %s', (source, key) => {
  const passes = (pattern: unknown, text: string): boolean =>
    recordFilter(source, [JSON.stringify({ [key]: pattern })])(recordWith[source](text));

  it('looks into JSON', () => {
    expect(passes({ code: ['BBBB'] }, '{"code":"BBBB","more":1}')).toBe(true);
    expect(passes({ code: ['BBBB'] }, '{"code":"AAAA"}')).toBe(false);
  });

  it('compares text with patterns for text', () => {
    expect(passes(['plain'], 'plain')).toBe(true);
    expect(passes([{ prefix: 'pl' }], 'plain')).toBe(true);
    expect(passes(['plain'], 'other')).toBe(false);
  });

  it('rejects text where the pattern is for JSON, and JSON where it is for text', () => {
    expect(passes({ code: ['BBBB'] }, 'BBBB')).toBe(false);
    expect(passes([{ prefix: '{' }], '{"code":"BBBB"}')).toBe(false);
  });
});

it('a filter of DynamoDB compares images in DynamoDB JSON, and the name of the event', () => {
  const pattern = {
    eventName: ['INSERT'],
    dynamodb: { NewImage: { state: { S: [{ 'anything-but': 'done' }] }, amount: { N: [{ exists: true }] } } },
  };
  const passes = recordFilter('dynamodb', [JSON.stringify(pattern)]);
  const record = (eventName: string, state: string) => ({
    eventName,
    dynamodb: { NewImage: { state: { S: state }, amount: { N: '1' } } },
  });
  expect(passes(record('INSERT', 'new'))).toBe(true);
  expect(passes(record('INSERT', 'done'))).toBe(false);
  expect(passes(record('MODIFY', 'new'))).toBe(false);
});

it('a record passes if it matches one of several patterns, and every record without a pattern', () => {
  const passes = recordFilter('sqs', ['{"body":{"a":[1]}}', '{"body":{"b":[2]}}']);
  expect(['{"a":1}', '{"b":2}', '{"a":2}'].map((body) => passes({ body }))).toEqual([true, true, false]);
  expect(recordFilter('sqs', [])({ body: 'anything' })).toBe(true);
});

it.each(['{', '[]', '"text"'])('a pattern that is %s is refused', (pattern) => {
  expect(() => recordFilter('sqs', [pattern])).toThrow(/^a pattern must be/);
});

describe('a source with a filter', () => {
  const filter = (source: FilteredSource, pattern: object) => ({
    accepts: recordFilter(source, [JSON.stringify(pattern)]),
  });

  it('skips records of a Kinesis stream', () => {
    const stream = new KinesisStream(filter('kinesis', { data: { keep: [true] } }));
    for (const keep of [true, false, true]) {
      stream.put({ partitionKey: 'a', data: JSON.stringify({ keep }) }, 0);
    }
    expect(stream.next(0)?.messageIds).toHaveLength(2);
  });

  it('skips records of a table', () => {
    const stream = new DynamoDbStream(filter('dynamodb', { eventName: ['REMOVE'] }));
    const keys = { id: { S: '1' } };
    stream.put({ keys, newImage: keys }, 0);
    expect(stream.done).toBe(true);
    stream.put({ keys, oldImage: keys }, 0);
    expect(stream.next(0)?.messageIds).toHaveLength(1);
  });

  it('skips records of a topic, and their offsets stay', () => {
    const topics = new KafkaTopics(filter('kafka', { value: ['keep'] }));
    expect(topics.produce({ value: 'skip' }, 0)).toBe('topic-0@0');
    expect(topics.produce({ value: 'keep' }, 0)).toBe('topic-0@1');
    expect(topics.next(0)?.messageIds).toEqual(['topic-0@1']);
  });
});
