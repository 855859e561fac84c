import { describe } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';
import type { Source } from './source.ts';

type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

interface DynamoDbRecord {
  readonly dynamodb?: {
    readonly SequenceNumber?: unknown;
    readonly Keys?: Attributes | null;
    readonly NewImage?: Attributes | null;
  } | null;
}

/**
 * DynamoDB Streams: a lane an item, by its keys. The response names a checkpoint: the first record that did not succeed,
 * which and after which all come again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export const dynamoDb: Source = {
  name: 'DynamoDB Streams',
  delivers: (eventSource) => eventSource === 'aws:dynamodb',
  readHead({ dynamodb: change }: DynamoDbRecord) {
    const id = change?.SequenceNumber;
    if (typeof id !== 'string' || id === '') {
      throw new InvalidEventError(`A DynamoDB record must have a SequenceNumber, not ${describe(id)}`);
    }
    const keys = change?.Keys;
    if (typeof keys !== 'object' || keys === null) {
      throw new InvalidEventError(`DynamoDB record ${id} must have the item's Keys, not ${describe(keys)}`);
    }
    return { id, lane: JSON.stringify(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1))) };
  },
  content({ dynamodb: change }: DynamoDbRecord) {
    const body = change?.NewImage?.body;
    if (typeof body?.S === 'string') return body.S;
    return JSON.stringify(body ?? change?.NewImage ?? change?.Keys);
  },
  encoding: 'text',
  mayRepeat: false,
  checkpoint: true,
  identify: ({ id }) => id,
};
