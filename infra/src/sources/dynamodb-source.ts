import { BatchSource } from '@parallel-lambda/cdk';
import { Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

import type { Settings } from '../settings/settings.ts';
import { removalPolicyOf, type SourceResources } from './source.ts';
import { streamProps } from './stream-props.ts';

/** Creates a DynamoDB table with a stream of its new items. */
export function dynamodbSource(scope: Construct, settings: Settings): SourceResources {
  const props = streamProps(scope, settings);
  const table = new Table(scope, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_IMAGE,
    removalPolicy: removalPolicyOf(settings),
  });
  Validations.of(table).acknowledge({
    id: 'AwsSolutions-DDB3',
    reason: 'The table only feeds its stream. It has no data that needs a backup.',
  });
  return { source: BatchSource.dynamodb(table, props), outputs: { TableName: table.tableName } };
}
