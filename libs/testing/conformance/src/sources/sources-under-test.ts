import type { ReadOptions } from '@parallel-lambda/batch';
import {
  aggregatedData,
  dynamoDbRecord,
  type DynamoDbRecord,
  kafkaEvent,
  type KafkaRecord,
  kafkaRecord,
  kinesisRecord,
  type KinesisRecord,
} from '@parallel-lambda/event-sources';

import { type SentMessage, sqsEvent } from './sqs-event.ts';

/** A source that the suite sends events of, and what AWS documents about it, independent of the library's sources. */
export interface SourceUnderTest {
  readonly name: string;
  /** True if the messages of a group must be processed in order. */
  readonly ordered: boolean;
  /** True if the response names one checkpoint: it and everything after it are redelivered. */
  readonly checkpoint: boolean;
  readonly options: ReadOptions;
  /** Creates the event that Lambda passes to a function for these messages. */
  readonly eventOf: (messages: readonly SentMessage[]) => object;
  /** Returns the message's text; by default its body. */
  readonly textOf?: (message: SentMessage) => string;
  /** Returns the identifier of each of these messages in a response. */
  readonly identifiersOf: (messages: readonly SentMessage[]) => readonly unknown[];
}

const ids = (messages: readonly SentMessage[]): readonly string[] => messages.map(({ id }) => id);
const alone = { ordered: false, checkpoint: false, options: {} } as const;
const inGroups = { ordered: true, checkpoint: false, options: {} } as const;
const stream = { ordered: true, checkpoint: true, options: {} } as const;

/** Every source; Kafka once per `kafkaLanes`, Kinesis also aggregated, and what EventBridge Pipes makes of a source. */
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
    eventOf: (messages) => ({ Records: messages.map(kinesisRecordOf) }),
    identifiersOf: ids,
  },
  {
    ...stream,
    name: 'Kinesis, aggregated',
    eventOf: (messages) => ({ Records: inPairs(messages).map(aggregateOf) }),
    identifiersOf: (messages) => inPairs(messages).flatMap((pair) => pair.map(() => pair[0].id)),
  },
  {
    ...stream,
    name: 'DynamoDB Streams',
    eventOf: (messages) => ({ Records: messages.map(dynamoDbRecordOf) }),
    textOf: textOfItem,
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
  {
    ...alone,
    name: 'SQS through EventBridge Pipes',
    eventOf: (messages) => sqsEvent(messages.map((message) => ({ ...message, group: undefined }))).Records,
    identifiersOf: ids,
  },
  {
    ...stream,
    name: 'Kinesis through EventBridge Pipes',
    eventOf: (messages) =>
      messages.map(kinesisRecordOf).map(({ kinesis, ...record }) => ({ ...kinesis, ...record })),
    identifiersOf: (messages) => messages.map((message) => kinesisRecordOf(message).eventID),
  },
  {
    ...stream,
    name: 'DynamoDB Streams through EventBridge Pipes',
    eventOf: (messages) => messages.map(dynamoDbRecordOf),
    textOf: textOfItem,
    identifiersOf: (messages) => messages.map((message) => dynamoDbRecordOf(message).eventID),
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

function kinesisRecordOf(message: SentMessage): KinesisRecord {
  const { id, body } = message;
  return kinesisRecord({ sequenceNumber: id, partitionKey: groupOf(message), data: body });
}

/** Messages that share one record, and so one identifier. */
type Pair = readonly [SentMessage, ...SentMessage[]];

function inPairs(messages: readonly SentMessage[]): readonly Pair[] {
  return messages.flatMap((message, index) =>
    index % 2 === 0 ? [[message, ...messages.slice(index + 1, index + 2)] as const] : [],
  );
}

function aggregateOf(pair: Pair): KinesisRecord {
  const data = pair.map((message) => ({ partitionKey: groupOf(message), data: message.body }));
  return kinesisRecord({
    sequenceNumber: pair[0].id,
    partitionKey: 'of the aggregate',
    data: aggregatedData(data),
  });
}

function dynamoDbRecordOf(message: SentMessage): DynamoDbRecord {
  const keys = { group: { S: groupOf(message) } };
  const newImage = { ...keys, body: { S: message.body } };
  return dynamoDbRecord({ sequenceNumber: message.id, keys, newImage });
}

function textOfItem(message: SentMessage): string {
  const keys = { group: groupOf(message) };
  return JSON.stringify({ eventName: 'INSERT', keys, newImage: { ...keys, body: message.body } });
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
