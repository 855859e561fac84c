import type { NamedResource } from './names.ts';
import { numberOf } from './property-values.ts';
import { referableOf } from './referable.ts';
import { recordOf } from './template-resource.ts';

/**
 * A Kinesis data stream of a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html
 */
export interface StreamDefinition {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  /** An on-demand stream begins with four. */
  readonly shards: number;
}

/**
 * A DynamoDB table of a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
export interface TableDefinition {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  /** The attributes of its key. */
  readonly keyNames: readonly string[];
  /** The input of `CreateTable`. */
  readonly creation: Readonly<Record<string, unknown>>;
  /** Absent without a stream. */
  readonly streamArn?: string;
  readonly streamViewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
}

/** Reads one `AWS::Kinesis::Stream`. */
export function readStream(resource: NamedResource): StreamDefinition {
  const { logicalId, name, properties } = resource;
  const { Arn: arn = '' } = referableOf(resource)?.attributes ?? {};
  return { name, logicalId, arn, shards: numberOf(properties.ShardCount, 4) };
}

/** Reads one `AWS::DynamoDB::Table`. */
export function readTable(resource: NamedResource): TableDefinition {
  const { logicalId, name, properties } = resource;
  const { Arn: arn = '', StreamArn: streamArn } = referableOf(resource)?.attributes ?? {};
  const keys: readonly unknown[] = Array.isArray(properties.KeySchema) ? properties.KeySchema : [];
  const views = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const;
  const view = recordOf(properties.StreamSpecification).StreamViewType;
  return {
    name,
    logicalId,
    arn,
    keyNames: keys.flatMap((key) => {
      const { AttributeName: attribute } = recordOf(key);
      return typeof attribute === 'string' ? [attribute] : [];
    }),
    creation: {
      TableName: name,
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: indexes(properties.GlobalSecondaryIndexes),
      LocalSecondaryIndexes: indexes(properties.LocalSecondaryIndexes),
    },
    ...(streamArn !== undefined && { streamArn }),
    streamViewType: views.find((known) => known === view) ?? 'NEW_AND_OLD_IMAGES',
  };
}

/** The indexes of a table, without their capacity. */
function indexes(given: unknown): unknown {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  return given.map((index) => {
    const { IndexName, KeySchema, Projection } = recordOf(index);
    return { IndexName, KeySchema, Projection };
  });
}
