import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';

import { techniques } from '../src/techniques.ts';
import { contextOf, everySource, kafka } from './contexts.ts';
import { templateOf } from './stack-of.ts';

const combinations = everySource.flatMap(([source, context]) =>
  techniques.map((technique) => [technique, source, { ...context, techniques: technique }] as const),
);

/** The actions that a template's roles are allowed, each with its resources. */
function permissions(template: Template): readonly (readonly [action: string, resource: unknown])[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as Policy[];
  return policies.flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => [action, Resource] as const),
    ),
  );
}

describe.each(combinations)('%s on %s', (_, source, context) => {
  const template = templateOf(context);

  it('has one mapping, which reports what failed', () => {
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('keeps for 14 days what was delivered five times', () => {
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

  it('has every queue encrypted and closed to requests without TLS', () => {
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

  it('may do nothing on every resource but join the network of a cluster', () => {
    const everywhere = permissions(template).filter(([, resource]) => JSON.stringify(resource).includes('*'));
    expect(everywhere.filter(([action]) => !action.startsWith('ec2:'))).toEqual([]);
    expect(everywhere.length > 0).toBe(source === 'kafka');
    expect(permissions(template).filter(([action]) => action.includes('*'))).toEqual([]);
  });

  it('is under five alarms', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', 5);
  });
});

describe('a mapping', () => {
  it('of a FIFO queue gathers nothing, and its dead letters keep their order', () => {
    const template = templateOf(contextOf('fifo'));
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: Match.absent(),
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    template.allResourcesProperties('AWS::SQS::Queue', { FifoQueue: true });
  });

  it.each(['kinesis', 'dynamodb'] as const)(
    'of %s reads all of its stream, some batches a shard',
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

  it('of a topic begins with what is new, in provisioned mode and a group of its technique’s own', () => {
    const template = templateOf({ ...contextOf('kafka'), kafkaPollers: 4 });
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: kafka.kafkaCluster,
      Topics: ['orders'],
      StartingPosition: 'LATEST',
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 4 },
    });
    for (const technique of techniques) {
      template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: `ParallelLambda-${technique}` },
      });
    }
  });

  it('of a topic may read that topic in that group', () => {
    const [group] = permissions(templateOf({ ...contextOf('kafka'), techniques: 'promises' })).filter(
      ([action]) => action === 'kafka-cluster:AlterGroup',
    );
    expect(group?.[1]).toBe(`${kafka.kafkaCluster.replace(':cluster/', ':group/')}/ParallelLambda-promises`);
  });
});

interface Policy {
  readonly Properties: {
    readonly PolicyDocument: {
      readonly Statement: readonly { readonly Action: string | string[]; readonly Resource: unknown }[];
    };
  };
}
