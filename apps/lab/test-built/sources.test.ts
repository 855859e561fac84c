import {
  aggregatedData,
  dynamoDbRecord,
  kafkaEvent,
  kafkaRecord,
  kinesisRecord,
  type KinesisEvent,
} from '@parallel-lambda/event-sources';
import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { errorOf } from './error-of.ts';
import { failedIds } from './failed-ids.ts';
import { readLog } from './read-log.ts';
import { shared } from './shared.ts';

const nothing = '[]';
const work = '[{"wait":1},{"hash":4}]';
const failure = '{"fail":1}';

/** An event of Kinesis, with the sequence numbers 1, 2, … */
function kinesisEvent(
  ...records: readonly (readonly [partitionKey: string, data: string | Uint8Array])[]
): KinesisEvent {
  return {
    Records: records.map(([partitionKey, data], index) =>
      kinesisRecord({ sequenceNumber: `${index + 1}`, partitionKey, data }),
    ),
  };
}

/** An event of DynamoDB Streams, with the sequence numbers 1, 2, … */
function dynamoDbEvent(...records: readonly (readonly [item: string, body: string])[]): object {
  return {
    Records: records.map(([item, body], index) => {
      const keys = { id: { S: item } };
      return dynamoDbRecord({
        sequenceNumber: `${index + 1}`,
        keys,
        newImage: { ...keys, body: { S: body } },
      });
    }),
  };
}

describeFunctions((definition) => {
  const local = shared(definition);

  describe('a batch of Kinesis', () => {
    it('is answered with its checkpoint', async () => {
      const event = kinesisEvent(['a', work], ['b', nothing], ['a', failure], ['b', failure], ['a', work]);
      expect(failedIds(await local().invoke(event))).toEqual(['3']);
    });

    it('of which all succeeded is answered with no failures', async () => {
      expect(failedIds(await local().invoke(kinesisEvent(['a', work], ['b', work])))).toEqual([]);
    });

    it('has its checkpoint before a record that is not UTF-8', async () => {
      const event = kinesisEvent(['a', nothing], ['b', new Uint8Array([0xff])], ['b', nothing]);
      const result = await local().invoke(event);
      expect(failedIds(result)).toEqual(['2']);
      expect(readLog(result)).toMatch(/2 is not UTF-8/);
      expect(readLog(result)).toMatch(/were not started, redelivered: 3$/m);
    });

    it('has the user records of an aggregated record as messages with one identifier', async () => {
      const userRecords = [work, failure, nothing].map((data, index) => ({ partitionKey: `${index}`, data }));
      const event = kinesisEvent(['a', work], ['b', aggregatedData(userRecords)], ['c', nothing]);
      const result = await local().invoke(event);
      expect(failedIds(result)).toEqual(['2']);
      expect(readLog(result)).toMatch(/redelivered: 2\/1 /);
    });
  });

  describe('a list of records from EventBridge Pipes', () => {
    it('is a batch like any other, whose failures are event ids in a stream', async () => {
      const { Records } = kinesisEvent(['a', work], ['b', failure], ['c', work]);
      const flat = Records.map(({ kinesis, ...record }) => ({ ...kinesis, ...record }));
      expect(failedIds(await local().invoke(flat))).toEqual([flat[1]?.eventID]);
    });

    it('of Kafka fails as a whole', async () => {
      const flat = [work, failure].map((value, offset) => ({
        eventSource: 'aws:kafka',
        ...kafkaRecord({ offset, value }),
      }));
      const { errorType } = errorOf(await local().invoke(flat));
      expect(errorType).toBe('PartialFailureError');
    });
  });

  describe('a batch of DynamoDB Streams', () => {
    it('is answered with its checkpoint', async () => {
      const event = dynamoDbEvent(['a', nothing], ['b', work], ['c', failure], ['a', failure], ['d', work]);
      expect(failedIds(await local().invoke(event))).toEqual(['3']);
    });

    it('of which all succeeded is answered with no failures', async () => {
      expect(failedIds(await local().invoke(dynamoDbEvent(['a', work], ['a', work])))).toEqual([]);
    });

    it('of records of 400 kB is answered with its checkpoint', async () => {
      const Records = Array.from({ length: 10 }, (_, index) => {
        const keys = { id: { N: `${index}` } };
        const body = { S: index === 7 ? failure : nothing };
        const newImage = { ...keys, body, padding: { S: 'ä'.repeat(200_000) } };
        return dynamoDbRecord({ sequenceNumber: `${index + 1}`, keys, newImage });
      });
      expect(failedIds(await local().invoke({ Records }))).toEqual(['8']);
    });
  });

  describe.each([false, true])('a batch of Kafka, self-managed: %o', (selfManaged) => {
    it('is answered with what failed and the rest of its partition, by partition and offset', async () => {
      const records = [
        ...[work, failure, nothing].map((value, index) => kafkaRecord({ offset: 40 + index, value })),
        ...[nothing, work].map((value, index) => kafkaRecord({ partition: 1, offset: 40 + index, value })),
        // A tombstone is not a step.
        kafkaRecord({ topic: 'other', offset: 7, value: null }),
      ];
      expect(failedIds(await local().invoke(kafkaEvent(records, { selfManaged })))).toEqual([
        { partition: 'topic-0', offset: 41 },
        { partition: 'topic-0', offset: 42 },
        { partition: 'other-0', offset: 7 },
      ]);
    });
  });

  it('does not end the environment', () => {
    expect(local().environmentsStarted).toBe(1);
  });
});
