import { dynamoDbRecord as recordOf } from '@parallel-lambda/event-sources';

/** Creates a record of a DynamoDB stream; `changes` replaces properties of its `dynamodb`, also by wrong ones. */
export function dynamoDbRecord(
  sequenceNumber: string,
  changes: Readonly<Record<string, unknown>> = {},
): object {
  const keys = { Id: { S: `item of ${sequenceNumber}` } };
  const newImage = { ...keys, body: { S: `body of ${sequenceNumber}` } };
  const record = recordOf({ sequenceNumber, keys, newImage, tableName: 'orders' });
  return { ...record, dynamodb: { ...record.dynamodb, ...changes } };
}
