import { kafkaEvent, kafkaRecord, kinesisRecord } from '@parallel-lambda/event-sources';
import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { errorOf } from './error-of.ts';
import { failedIds } from './failed-ids.ts';
import { messages } from './messages.ts';
import { readLog } from './read-log.ts';
import { shared } from './shared.ts';
import { sqsEvent } from './sqs-event.ts';

const bodies: Readonly<Record<string, string>> = {
  'no JSON': 'wait 200',
  'an empty text': '',
  null: 'null',
  'a number': '200',
  'a text': '"wait"',
  true: 'true',
  'an unknown step': '{"sleep":200}',
  'a step of two': '{"wait":1,"hash":4}',
  'no step': '{}',
  'a list in a list': '[[{"wait":1}]]',
  'a wait of no time': '{"wait":null}',
  'a wait that is out of range': '{"wait":900001}',
  'a negative wait': '{"wait":-1}',
  'a wait as text': '{"wait":"1"}',
  'a cost that is out of range': '{"hash":31}',
  'an infinite cost': '{"scrypt":1e999}',
  'a URL of another kind': '{"fetch":"file:///etc/passwd"}',
  'the address of the credentials': '{"fetch":"http://169.254.169.254/latest/meta-data/"}',
  'an address without a server': '{"fetch":"http://127.0.0.1:9/"}',
  'a __proto__ key': '{"__proto__":{"wait":1}}',
  'a __proto__ key in a step': '[{"wait":1},{"__proto__":null}]',
  'a constructor key': '{"constructor":{"prototype":{"wait":1}}}',
  'a key of every object': '{"toString":1}',
  '250 kB of nonsense': 'x'.repeat(250_000),
  '250 kB of a JSON text': JSON.stringify('x'.repeat(250_000)),
  'a list that is 50,000 deep': '['.repeat(50_000) + ']'.repeat(50_000),
  'a good step before a bad one': '[{"wait":1},{"wait":2,"wait ":3}]',
};

const record = sqsEvent(messages([])).Records[0] ?? {};
const fifoRecord = sqsEvent([{ id: 'm1', body: [], group: 'a' }]).Records[0] ?? {};

const stream = kinesisRecord({ partitionKey: 'a', data: '[]' });
const topics = kafkaEvent([kafkaRecord({ value: '[]' })]);

const events: readonly (readonly [what: string, event: unknown, expected: string | RegExp])[] = [
  ['null', null, /must be a batch \{ "Records": \[...\] \} of SQS, .* of Kafka, or a list .*, not null/],
  ['a text', 'Records', 'not a text'],
  ['a number', 42, 'not 42'],
  ['a list of something else', [7], 'must have an eventSource'],
  ['an event of a tumbling window', { Records: [stream], window: {}, state: {} }, 'a tumbling window'],
  ['an object of something else', { messages: 10 }, 'not an object'],
  ['Records that are no list', { Records: { length: 1 } }, 'not an object'],
  ['a record that is null', { Records: [null] }, 'must have an eventSource'],
  ['a record of no source', { Records: [{ messageId: 'a', body: '[]' }] }, 'must have an eventSource'],
  ['an unknown source', { Records: [{ ...record, eventSource: 'aws:s3' }] }, /'aws:s3'.* is not known.*SQS/],
  [
    'records of two queues',
    { Records: [record, { ...record, messageId: 'm2', eventSourceARN: 'arn:aws:sqs:us-east-1:1:other' }] },
    'records of two sources',
  ],
  [
    'a record without identifier',
    { Records: [{ ...record, messageId: undefined }] },
    'must have a messageId',
  ],
  ['a record with an empty identifier', { Records: [{ ...record, messageId: '' }] }, 'must have a messageId'],
  ['a good record before a bad one', { Records: [record, { ...record, messageId: 7 }] }, 'not 7'],
  ['a record without body', { Records: [{ ...record, body: null }] }, 'must have a string as body, not null'],
  ['a FIFO message twice', { Records: [fifoRecord, fifoRecord] }, 'm1 is a duplicate'],
  ['a FIFO message of no group', { Records: [{ ...fifoRecord, attributes: {} }] }, 'MessageGroupId'],
  [
    'a Kinesis record of no number',
    { Records: [{ ...stream, kinesis: { ...stream.kinesis, sequenceNumber: '' } }] },
    'must have a sequenceNumber',
  ],
  ['a Kafka batch without event source', { ...topics, eventSource: null }, 'must have an eventSource'],
  ['a Kafka batch that is a list', { ...topics, records: [] }, 'must be a batch'],
  ['records of both kinds', { ...topics, Records: [] }, 'must be a batch'],
  ['a simulation of nothing', { simulate: { messages: 0 } }, 'a whole number from 1 to 10000'],
  ['a simulation that is a text', { simulate: 'all' }, "not 'all'"],
  ['a simulation beside something else', { simulate: {}, queue: 'orders' }, 'must be a batch'],
];

describeFunctions((definition) => {
  const local = shared(definition);

  describe('a message', () => {
    it.each(Object.entries(bodies))('of %s fails, and no other', async (_, body) => {
      const result = await local().invoke(sqsEvent(messages([], body, { wait: 1 })));
      expect(failedIds(result)).toEqual(['m2']);
      expect(readLog(result)).toMatch(/1 of 3 messages failed with .(InvalidStepError|FetchStepError): /);
    });

    it('of nonsense is not written to the log in full', async () => {
      const all = messages(...Object.values(bodies));
      const result = await local().invoke(sqsEvent(all));
      expect(failedIds(result)).toEqual(all.map(({ id }) => id));
      expect(result.log.length).toBeLessThan(100_000);
    });
  });

  describe('an event', () => {
    it.each(events)('(%s) fails with an error that states what was expected', async (_, event, expected) => {
      const { errorType, errorMessage } = errorOf(await local().invoke(event));
      expect(errorType).toBe('InvalidEventError');
      expect(errorMessage).toMatch(expected);
    });
  });

  it('does not end the environment', async () => {
    expect(failedIds(await local().invoke(sqsEvent(messages([]))))).toEqual([]);
    expect(local().environmentsStarted).toBe(1);
  });
});
