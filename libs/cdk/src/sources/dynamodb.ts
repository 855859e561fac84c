import { Names } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

import type { BatchSource } from '../bound-source.ts';
import { boundStream, deliveryFailures, iteratorAge, streamMapping, type StreamProps } from './stream.ts';

/** A `Table`, `TableV2` or imported table. */
export interface StreamedTable extends IConstruct {
  /** The ARN of the stream of the table; `undefined` without a stream. */
  readonly tableStreamArn?: string | undefined;
  /** The customer-managed key of the table, which also encrypts the stream. */
  readonly encryptionKey?: IKey | undefined;
}

const firstId = 'DynamoDbSource';

/**
 * Reads the stream of a DynamoDB table from its beginning, in batches of up to 100 records gathered for at most one
 * second. A batch that fails is halved; a record that failed five times becomes a dead letter.
 *
 * @param table must have a stream
 * @throws {Error} if it has none
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function dynamodbSource(table: StreamedTable, props: StreamProps = {}): BatchSource {
  const { tableStreamArn, encryptionKey } = table;
  if (tableStreamArn === undefined) {
    throw new Error(`The table ${table.node.path} has no stream. Set stream: StreamViewType.NEW_IMAGE.`);
  }
  return {
    bind: (scope, target) => {
      const { deadLetterQueue, mapping } = streamMapping(scope, props);
      // CDK's own grant allows to list the streams of every table.
      target.addToRolePolicy(
        new PolicyStatement({
          actions: [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          resources: [tableStreamArn],
        }),
      );
      encryptionKey?.grantDecrypt(target);
      // A function can read several tables.
      const id = target.node.tryFindChild(firstId) ? `${firstId}${Names.nodeUniqueId(table.node)}` : firstId;
      const added = target.addEventSourceMapping(id, {
        eventSourceArn: tableStreamArn,
        ...mapping,
      });
      return boundStream(scope, added, {
        deadLetterQueue,
        lag: iteratorAge(target),
        lost: deliveryFailures(target),
      });
    },
  };
}
