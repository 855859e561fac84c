import type { ReadOptions } from '@parallel-lambda/batch';
import {
  dynamoDbRecord,
  kafkaEvent,
  kafkaRecord,
  kinesisRecord,
  type KafkaRecord,
} from '@parallel-lambda/event-sources';

import { sqsEvent, type SentMessage } from './sqs-event.ts';

/** A source as the suite sends by it, and what AWS says of it: apart from what the library knows of its sources. */
export interface SourceUnderTest {
  readonly name: string;
  /** Whether the messages of a group are in order: they are worked on one after another. */
  readonly ordered: boolean;
  /** Whether the response names one message, which and after which all come again. */
  readonly checkpoint: boolean;
  readonly options: ReadOptions;
  /** The event that Lambda is invoked with for these messages; those of a Kafka partition come together. */
  readonly eventOf: (messages: readonly SentMessage[]) => object;
  /** What a response calls each of these messages. */
  readonly identifiersOf: (messages: readonly SentMessage[]) => readonly unknown[];
}

const ids = (messages: readonly SentMessage[]): readonly string[] => messages.map(({ id }) => id);
const alone = { ordered: false, checkpoint: false, options: {} } as const;
const inGroups = { ordered: true, checkpoint: false, options: {} } as const;
const stream = { ordered: true, checkpoint: true, options: {} } as const;

/** Every source, and Kafka in both ways to read it. */
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
