import type { ReadOptions } from '@parallel-lambda/batch';
import {
  dynamoDbRecord,
  kafkaEvent,
  kafkaRecord,
  kinesisRecord,
  type KafkaRecord,
} from '@parallel-lambda/event-sources';

import { sqsEvent, type SentMessage } from './sqs-event.ts';

/** A source that the suite sends events of, and what AWS documents about it, independent of the library's sources. */
export interface SourceUnderTest {
  readonly name: string;
  /** Whether the messages of a group must be processed in order. */
  readonly ordered: boolean;
  /** Whether the response names one checkpoint: it and everything after it are redelivered. */
  readonly checkpoint: boolean;
  readonly options: ReadOptions;
  /** Creates the event that Lambda passes to a function for these messages. */
  readonly eventOf: (messages: readonly SentMessage[]) => object;
  /** Returns the identifier of each of these messages in a response. */
  readonly identifiersOf: (messages: readonly SentMessage[]) => readonly unknown[];
}

const ids = (messages: readonly SentMessage[]): readonly string[] => messages.map(({ id }) => id);
const alone = { ordered: false, checkpoint: false, options: {} } as const;
const inGroups = { ordered: true, checkpoint: false, options: {} } as const;
const stream = { ordered: true, checkpoint: true, options: {} } as const;

/** Every source; Kafka once per `kafkaLanes`. */
export const sourcesUnderTest: readonly SourceUnderTest[] = [
  {
    ...alone,
    name: 'SQS',
    eventOf: (messages) => sqsEvent(messages.map((message) => ({ ...message, group: undefined }))),
    identifiersOf: ids,
  },
  {
    ...inGroups,
    name: 'SQS FIFO',
    eventOf: (messages) => sqsEvent(messages.map((message) => ({ ...message, group: groupOf(message) }))),
    identifiersOf: ids,
  },
  {
    ...stream,
    name: 'Kinesis',
    eventOf: (messages) => ({
      Records: messages.map((message) =>
        kinesisRecord({
          sequenceNumber: message.id,
          partitionKey: groupOf(message),
          data: message.body,
        }),
      ),
    }),
    identifiersOf: ids,
  },
  {
    ...stream,
    name: 'DynamoDB Streams',
    eventOf: (messages) => ({
      Records: messages.map((message) => {
        const keys = { group: { S: groupOf(message) } };
        const newImage = { ...keys, body: { S: message.body } };
        return dynamoDbRecord({ sequenceNumber: message.id, keys, newImage });
      }),
    }),
    identifiersOf: ids,
  },
  {
    ...inGroups,
    name: 'Kafka, by partition',
    eventOf: (messages) => kafkaEvent(inPartitions(messages)),
    identifiersOf: (messages) => inPartitions(messages).map(identifierOf),
  },
  {
    ...inGroups,
    name: 'Kafka, by key',
    options: { kafkaLanes: 'key' },
    eventOf: (messages) => kafkaEvent(inOnePartition(messages)),
    identifiersOf: (messages) => inOnePartition(messages).map(identifierOf),
  },
];

/** Sorts messages into the order in which the source delivers them: Kafka delivers one partition after another. */
export function inDeliveryOrder<Item extends { readonly lane: string }>(
  { name }: SourceUnderTest,
  items: readonly Item[],
): readonly Item[] {
  if (name !== 'Kafka, by partition') return items;
  return [...Map.groupBy(items, ({ lane }) => lane).values()].flat();
}

function groupOf({ id, group = `alone: ${id}` }: SentMessage): string {
  return group;
}

function inPartitions(messages: readonly SentMessage[]): readonly KafkaRecord[] {
  const groups = [...new Set(messages.map(groupOf))];
  return messages.map((message, offset) =>
    kafkaRecord({ partition: groups.indexOf(groupOf(message)), offset, value: message.body }),
  );
}

function inOnePartition(messages: readonly SentMessage[]): readonly KafkaRecord[] {
  return messages.map((message, offset) =>
    kafkaRecord({ offset, key: groupOf(message), value: message.body }),
  );
}

function identifierOf({ topic, partition, offset }: KafkaRecord): object {
  return { partition: `${topic}-${partition}`, offset };
}
