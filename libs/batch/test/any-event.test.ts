import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { InvalidEventError } from '../src/index.ts';
import { readBatch, type Batch } from '../src/technique/index.ts';
import { dynamoDbRecord } from './sources/dynamodb-record.ts';
import { kafkaRecord } from './sources/kafka-event.ts';
import { kinesisRecord } from './sources/kinesis-record.ts';
import { sqsFifoRecord, sqsRecord } from './sqs-record.ts';

const seeded = { seed: 20_261_123, numRuns: 5_000, verbose: fc.VerbosityLevel.Verbose };

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', 'a', 0, 'aws:sqs', 'aws:kafka', 'arn:aws:sqs:r:1:q.fifo', undefined),
);
const id = fc.constantFrom('a', 'b', 'c', 'd');

/** A few properties of a record, as a sender would never have them. */
function oddly(...keys: readonly string[]): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const some = fc.dictionary(fc.constantFrom(...keys), odd, { minKeys: 1, maxKeys: 2 });
  return fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, some);
}

/** Records of one source, a few of them broken, in the event that the source's would come in. */
function eventsOf(
  makeRecord: (id: string, otherwise: Readonly<Record<string, unknown>>) => object,
  ...keys: readonly string[]
): fc.Arbitrary<object> {
  const own = fc.tuple(id, oddly(...keys)).map(([name, otherwise]) => makeRecord(name, otherwise));
  const outer = fc
    .tuple(own, oddly('eventSource', 'eventSourceARN', 'kinesis', 'dynamodb'))
    .map(([record, otherwise]) => ({ ...record, ...otherwise }));
  const record = fc.oneof({ weight: 20, arbitrary: own }, outer, odd);
  const records = fc.array(record, { maxLength: 4 });
  // As a mapping hands them over, and as a pipe does.
  return fc.oneof(fc.record({ Records: records }), records);
}

const kafkaEvents = fc.record({
  eventSource: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('aws:kafka', 'SelfManagedKafka') }, odd),
  records: fc.oneof(
    fc.dictionary(
      fc.constantFrom('orders-0', 'orders-1', '__proto__', ''),
      fc.array(
        fc.oneof(
          fc
            .tuple(fc.nat(3), fc.nat(1), oddly('topic', 'partition', 'offset', 'key', 'value'))
            .map(([offset, partition, otherwise]) => kafkaRecord({ offset, partition, otherwise })),
          { weight: 1, arbitrary: odd },
        ),
        { maxLength: 3 },
      ),
    ),
    odd,
  ),
});

const sqsKeys = ['messageId', 'body', 'attributes'];
const events = {
  'a standard queue': eventsOf(sqsRecord, ...sqsKeys),
  'a FIFO queue': eventsOf((name, otherwise) => sqsFifoRecord(name, 'group', otherwise), ...sqsKeys),
  Kinesis: eventsOf(kinesisRecord, 'sequenceNumber', 'partitionKey', 'data'),
  'DynamoDB Streams': eventsOf(dynamoDbRecord, 'SequenceNumber', 'Keys', 'NewImage'),
  Kafka: kafkaEvents,
  'an unknown source': fc.oneof(
    odd,
    fc.record({ Records: odd, records: odd, eventSource: odd }, { requiredKeys: [] }),
  ),
};

it.each(Object.entries(events))(
  'any event of %s is a batch of all its records or an InvalidEventError',
  (origin, event) => {
    const seen = { batches: 0, errors: 0 };
    fc.assert(
      fc.property(event, fc.constantFrom('partition' as const, 'key' as const), (any, kafkaLanes) => {
        const before = JSON.stringify(any);
        const batch = readOrRefuse(any, kafkaLanes);
        expect(JSON.stringify(any)).toBe(before);
        if (batch) expectAllOf(any, batch);
        seen[batch ? 'batches' : 'errors'] += 1;
      }),
      seeded,
    );
    if (origin !== 'an unknown source') expect(Math.min(seen.batches, seen.errors)).toBeGreaterThan(300);
  },
);

function readOrRefuse(event: unknown, kafkaLanes: 'partition' | 'key'): Batch | undefined {
  try {
    return readBatch(event, { kafkaLanes });
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}

function expectAllOf(event: unknown, { source, messages, lanes, records }: Batch): void {
  const { Records, records: lists = {} } = event as {
    readonly Records?: readonly unknown[];
    readonly records?: Readonly<Record<string, readonly unknown[]>>;
  };
  const all = Array.isArray(event) ? (event as unknown[]) : (Records ?? Object.values(lists).flat());
  expect(records).toEqual(
    source.mayRepeat ? firstOfEach(all as readonly { readonly messageId: string }[]) : all,
  );
  expect(records).toHaveLength(messages.length);
  expect(lanes.flat().sort((one, other) => one - other)).toEqual(messages.map((_, position) => position));
  // Each property that a technique reads exists, or throws an error that names the message.
  for (const message of messages) {
    expect(message.bytes).toBeInstanceOf(Uint8Array);
    expect(structuredClone(message)).toEqual({ ...message });
    expect(JSON.parse(JSON.stringify(message))).toMatchObject({ id: message.id, record: {} });
    expect(source.identify(message)).toBeTruthy();
  }
}

function firstOfEach(records: readonly { readonly messageId: string }[]): readonly unknown[] {
  return [...Map.groupBy(records, ({ messageId }) => messageId).values()].map(([first]) => first);
}
