import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';

import type { Context } from '../src/settings/read-values.ts';
import { techniques } from '../src/techniques.ts';
import { contextOf, everySource, kafka } from './contexts.ts';
import { templateOf } from './stack-of.ts';

const combinations = everySource.flatMap(([source, context]) =>
  techniques.map((technique) => [technique, source, { ...context, techniques: technique }] as const),
);

/** Returns the actions that the roles of a template allow, each with its resources. */
function permissions(template: Template): readonly (readonly [action: string, resource: unknown])[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as Policy[];
  return policies.flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
      ({ Action, Resource }) => [Action].flat().map((action) => [action, Resource] as const),
    ),
  );
}

describe.each(combinations)('%s on %s', (_, source, context) => {
  const template = templateOf(context);

  it('has one mapping, which reports failed messages', () => {
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('keeps messages that failed five deliveries for 14 days', () => {
    const deadLetters = Object.keys(
      template.findResources('AWS::SQS::Queue', { Properties: { MessageRetentionPeriod: 14 * 24 * 3600 } }),
    );
    expect(deadLetters).toHaveLength(1);
    const arn = { 'Fn::GetAtt': [deadLetters[0], 'Arn'] };
    if (source === 'sqs' || source === 'fifo') {
      template.hasResourceProperties('AWS::SQS::Queue', {
        RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: arn },
      });
    } else {
      template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        MaximumRetryAttempts: 4,
        BisectBatchOnFunctionError: true,
        DestinationConfig: { OnFailure: { Destination: arn } },
      });
    }
  });

  it('encrypts every queue, and refuses requests without TLS', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    const count = Object.keys(template.findResources('AWS::SQS::Queue')).length;
    template.resourceCountIs('AWS::SQS::QueuePolicy', count);
    template.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('has no permission on every resource, except to join the network of a cluster', () => {
    const everywhere = permissions(template).filter(([, resource]) => JSON.stringify(resource).includes('*'));
    expect(everywhere.filter(([action]) => !action.startsWith('ec2:'))).toEqual([]);
    expect(everywhere.length > 0).toBe(source === 'kafka');
    expect(permissions(template).filter(([action]) => action.includes('*'))).toEqual([]);
  });
});

describe('a mapping', () => {
  it('of a FIFO queue has no window, and a dead-letter queue with the same throughput', () => {
    const template = templateOf(contextOf('fifo'));
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: Match.absent(),
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    template.allResourcesProperties('AWS::SQS::Queue', {
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
  });

  it.each(['kinesis', 'dynamodb'] as const)(
    'of %s reads its stream from the beginning, several batches per shard',
    (source) => {
      templateOf({ ...contextOf(source), concurrency: 7, batchSize: 500, window: 5 }).allResourcesProperties(
        'AWS::Lambda::EventSourceMapping',
        {
          StartingPosition: 'TRIM_HORIZON',
          ParallelizationFactor: 7,
          BatchSize: 500,
          MaximumBatchingWindowInSeconds: 5,
        },
      );
    },
  );

  it('of a topic starts with new records, in provisioned mode and with a separate group', () => {
    const template = templateOf({ ...contextOf('kafka'), pollers: '1..4', kafkaPollerGroup: 'orders' });
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: kafka.kafkaCluster,
      Topics: ['orders'],
      StartingPosition: 'LATEST',
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 4, PollerGroupName: 'orders' },
    });
    const groups = techniques.map((technique) => groupOf({ techniques: technique }));
    expect(new Set(groups).size).toBe(techniques.length);
    expect(groups[0]).toMatch(/^ParallelLambda-kafka-promises-[0-9a-f]{8}$/);
  });

  it('of another topic or cluster is another mapping with another group, since Lambda changes neither', () => {
    const before = mappingOf();
    const cluster = kafka.kafkaCluster.replace('0123abcd', '4567abcd');
    for (const after of [mappingOf({ kafkaTopic: 'payments' }), mappingOf({ kafkaCluster: cluster })]) {
      expect(after.id).not.toBe(before.id);
      expect(after.group).not.toBe(before.group);
    }
    expect(mappingOf({ pollers: '1..4' })).toEqual(before);
  });

  it('of a topic may read that topic in that group', () => {
    const [group] = permissions(templateOf({ ...contextOf('kafka'), techniques: 'promises' })).filter(
      ([action]) => action === 'kafka-cluster:AlterGroup',
    );
    expect(group?.[1]).toBe(`${kafka.kafkaCluster.replace(':cluster/', ':group/')}/${groupOf()}`);
  });

  it('of a topic denies the function’s own code to change the network', () => {
    const template = templateOf({ ...contextOf('kafka'), techniques: 'promises' });
    const [id] = Object.keys(template.findResources('AWS::Lambda::Function'));
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Action: Match.arrayWith(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface']),
            Resource: '*',
            Condition: {
              ArnEquals: { 'lambda:SourceFunctionArn': [arn, { 'Fn::Join': ['', [arn, ':*']] }] },
            },
          }),
        ],
      },
    });
  });

  it('of a topic with a schema registry decodes values to JSON', () => {
    const kafkaSchemaRegistry = 'arn:aws:glue:eu-central-1:111122223333:registry/orders';
    templateOf({ ...contextOf('kafka'), kafkaSchemaRegistry }).allResourcesProperties(
      'AWS::Lambda::EventSourceMapping',
      {
        AmazonManagedKafkaEventSourceConfig: Match.objectLike({
          SchemaRegistryConfig: Match.objectLike({
            SchemaRegistryURI: kafkaSchemaRegistry,
            EventRecordFormat: 'JSON',
            SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
          }),
        }),
      },
    );
  });

  it.each([
    ['sqs', 10_000],
    ['fifo', 20],
  ] as const)('of %s has provisioned pollers instead of a concurrency: up to %d', (source, max) => {
    templateOf({ ...contextOf(source), pollers: `2..${max}` }).allResourcesProperties(
      'AWS::Lambda::EventSourceMapping',
      {
        ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: max },
        ScalingConfig: Match.absent(),
      },
    );
  });
});

/** The mapping of one technique on Kafka. */
function mappingOf(context: Context = {}): { readonly id: string; readonly group: string } {
  const template = templateOf({ ...contextOf('kafka'), techniques: 'promises', ...context });
  const mappings = Object.entries(template.findResources('AWS::Lambda::EventSourceMapping')) as [
    string,
    { Properties: { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: string } } },
  ][];
  const [[id, { Properties }]] = mappings as [(typeof mappings)[number]];
  return { id, group: Properties.AmazonManagedKafkaEventSourceConfig.ConsumerGroupId };
}

function groupOf(context: Context = {}): string {
  return mappingOf(context).group;
}

interface Policy {
  readonly Properties: {
    readonly PolicyDocument: {
      readonly Statement: readonly {
        readonly Effect: 'Allow' | 'Deny';
        readonly Action: string | string[];
        readonly Resource: unknown;
      }[];
    };
  };
}
