import {
  dynamoDbRecord,
  kafkaEvent,
  kafkaRecord,
  kinesisRecord,
  type KafkaRecord,
} from '@parallel-lambda/event-sources';

import { sqsEvent } from './sqs-event.ts';

/** A message in the form of its sender, for any source. */
export interface LaneMessage {
  /** Name in the test, unique in its batch. */
  readonly name: string;
  /** Its message group, partition key, item or partition. */
  readonly lane: string;
  /** The steps that become its text. */
  readonly body: unknown;
}

/** A source as the functions are invoked by it, and its response as AWS documents it. */
export interface SourceUnderTest {
  readonly title: string;
  /** True if the messages of a lane are in order. */
  readonly ordered: boolean;
  /** True if a response has one checkpoint, from which all messages are redelivered. */
  readonly checkpoint: boolean;
  readonly eventOf: (messages: readonly LaneMessage[]) => object;
  /** Identifiers of these messages in a response. */
  readonly identifiersOf: (messages: readonly LaneMessage[]) => readonly unknown[];
}

const namesOf = (messages: readonly LaneMessage[]): readonly string[] => messages.map(({ name }) => name);

/** Every source that the functions are deployed with. */
export const sourcesUnderTest: readonly SourceUnderTest[] = [
  {
    title: 'SQS',
    ordered: false,
    checkpoint: false,
    eventOf: (messages) => sqsEvent(messages.map(({ name, body }) => ({ id: name, body }))),
    identifiersOf: namesOf,
  },
  {
    title: 'SQS FIFO',
    ordered: true,
    checkpoint: false,
    eventOf: (messages) =>
      sqsEvent(messages.map(({ name, lane, body }) => ({ id: name, body, group: lane }))),
    identifiersOf: namesOf,
  },
  {
    title: 'Kinesis',
    ordered: true,
    checkpoint: true,
    eventOf: (messages) => ({
      Records: messages.map(({ name, lane, body }) =>
        kinesisRecord({ sequenceNumber: name, partitionKey: lane, data: JSON.stringify(body) }),
      ),
    }),
    identifiersOf: namesOf,
  },
  {
    title: 'DynamoDB Streams',
    ordered: true,
    checkpoint: true,
    eventOf: (messages) => ({
      Records: messages.map(({ name, lane, body }) => {
        const keys = { item: { S: lane } };
        const newImage = { ...keys, body: { S: JSON.stringify(body) } };
        return dynamoDbRecord({ sequenceNumber: name, keys, newImage });
      }),
    }),
    identifiersOf: namesOf,
  },
  {
    title: 'Kafka',
    ordered: true,
    checkpoint: false,
    eventOf: (messages) => kafkaEvent(kafkaRecords(messages)),
    identifiersOf: (messages) =>
      kafkaRecords(messages).map(({ topic, partition, offset }) => ({
        partition: `${topic}-${partition}`,
        offset,
      })),
  },
];

/** A partition a lane. */
function kafkaRecords(messages: readonly LaneMessage[]): readonly KafkaRecord[] {
  const lanes = [...new Set(messages.map(({ lane }) => lane))];
  return messages.map(({ lane, body }, offset) =>
    kafkaRecord({ partition: lanes.indexOf(lane), offset, value: JSON.stringify(body) }),
  );
}
