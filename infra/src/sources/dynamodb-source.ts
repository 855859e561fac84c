import { Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

import { deadLetterQueue } from './dead-letter-queue.ts';
import { type DeployedSource, removalPolicyOf, type SourceProps } from './source.ts';
import { iteratorAge, mappingMetrics } from './source-metrics.ts';
import { shardSettings } from './shard-settings.ts';

/**
 * A DynamoDB table whose changes a function works on.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function dynamodbSource(
  scope: Construct,
  { function: target, settings }: SourceProps,
): DeployedSource {
  const deadLetters = deadLetterQueue(scope, settings);
  const table = new Table(scope, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_IMAGE,
    removalPolicy: removalPolicyOf(settings),
  });
  Validations.of(table).acknowledge({
    id: 'AwsSolutions-DDB3',
    reason: 'The table only feeds its stream: nothing is read from it that a backup would have to keep.',
  });
  const { tableStreamArn: stream = '' } = table;
  // Not the table's own grant, which lists the streams of every table.
  target.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      resources: [stream],
    }),
  );
  const mapping = target.addEventSourceMapping('DynamoDbSource', {
    eventSourceArn: stream,
    ...shardSettings(settings, deadLetters),
  });
  return {
    deadLetterQueue: deadLetters,
    outputs: { TableName: table.tableName },
    age: iteratorAge(target),
    ...mappingMetrics(scope.node.id, mapping),
  };
}
