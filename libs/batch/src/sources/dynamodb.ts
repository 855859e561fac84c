import { asJson, readAttributes, type AttributeMap } from '../decode/attribute-values.ts';
import { invalid, requiredText } from './required.ts';
import { inSequence } from './sequence-order.ts';
import type { Source } from './source.ts';
import { throughPipe } from './through-pipe.ts';

interface Change {
  readonly SequenceNumber?: unknown;
  readonly Keys?: AttributeMap | null;
  readonly NewImage?: AttributeMap | null;
  readonly OldImage?: AttributeMap | null;
}

interface DynamoDbRecord {
  readonly eventName?: unknown;
  readonly dynamodb?: Change | null;
}

/**
 * DynamoDB Streams: one lane per item, by its keys. The response names a checkpoint: the lowest sequence number that did
 * not succeed; that record and all records after it are redelivered.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export const dynamoDb: Source = dynamoDbSource((record) => record.dynamodb ?? {});

/**
 * DynamoDB Streams through EventBridge Pipes, also with the fields of `dynamodb` in the record itself.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-dynamodb.html
 */
export const dynamoDbPipe: Source = throughPipe(
  dynamoDbSource((record) => record.dynamodb ?? (record as Change)),
);

function dynamoDbSource(changeOf: (record: DynamoDbRecord) => Change): Source {
  return {
    name: 'DynamoDB Streams',
    delivers: (eventSource) => eventSource === 'aws:dynamodb',
    arrange: (records) =>
      inSequence(records, (record) => ({
        sequenceNumber: changeOf(record).SequenceNumber,
      })),
    readHead(record) {
      const { SequenceNumber, Keys } = changeOf(record);
      const id = requiredText('A DynamoDB record must have a SequenceNumber', SequenceNumber);
      if (typeof Keys !== 'object' || !Keys)
        throw invalid(`DynamoDB record ${id} must have the item's Keys`, Keys);
      return { id, lane: JSON.stringify(Object.entries(Keys).sort(([a], [b]) => (a < b ? -1 : 1))) };
    },
    content(record: DynamoDbRecord) {
      const { Keys, NewImage, OldImage } = changeOf(record);
      return JSON.stringify({
        eventName: record.eventName,
        keys: readImage(Keys),
        newImage: readImage(NewImage),
        oldImage: readImage(OldImage),
      });
    },
    encoding: 'text',
    checkpoint: true,
    identify: ({ id }) => id,
  };
}

/** An image that is not there has no place in JSON. */
function readImage(attributes: AttributeMap | null | undefined): object | undefined {
  return attributes ? readAttributes(attributes, asJson) : undefined;
}
