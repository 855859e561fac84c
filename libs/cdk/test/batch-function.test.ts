import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';

import { BatchFunction } from '../src/batch-function.ts';
import { BatchSource } from '../src/batch-source.ts';
import { visibilityTimeout } from '../src/sources/visibility.ts';
import { functionIn, newStack, queueIn, templateOf } from './stack.ts';

const clusterArn =
  'arn:aws:kafka:eu-central-1:111122223333:cluster/orders/0123abcd-4567-89ef-0123-456789abcdef-2';

const sources: readonly (readonly [string, (stack: Stack) => BatchSource])[] = [
  ['a queue', (stack) => BatchSource.sqs(queueIn(stack))],
  ['a FIFO queue', (stack) => BatchSource.sqs(queueIn(stack, { fifo: true }))],
  ['a Kinesis stream', (stack) => BatchSource.kinesis(new Stream(stack, 'Stream'))],
  ['the stream of a table', (stack) => BatchSource.dynamodb(tableIn(stack))],
  ['a topic', () => BatchSource.kafka({ clusterArn, topic: 'orders' })],
];

function tableIn(stack: Stack, stream: StreamViewType | undefined = StreamViewType.NEW_IMAGE): Table {
  return new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING }, stream });
}

describe.each(sources)('a function on %s', (name, sourceIn) => {
  it('reports failed messages, and its mapping counts them', () => {
    templateOf(sourceIn).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MetricsConfig: { Metrics: ['EventCount'] },
    });
  });

  it('has an alarm for dead letters, with a link to the runbook', () => {
    templateOf(sourceIn, { runbook: 'https://wiki/orders' }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'Orders/Batch: There are dead letters. What to do: https://wiki/orders#dead-letters',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 0,
    });
  });

  it('has an alarm for dead letters that Lambda cannot send, if Lambda sends them', () => {
    const alarms = templateOf(sourceIn).findResources('AWS::CloudWatch::Alarm');
    const metrics = Object.values(alarms).map(
      ({ Properties }) => (Properties as { MetricName?: string }).MetricName,
    );
    const lost = metrics.filter((metric = '') =>
      /^(?:DestinationDeliveryFailures|DroppedEventCount)$/.test(metric),
    );
    const expected = name.includes('topic') ? 'DroppedEventCount' : 'DestinationDeliveryFailures';
    expect(lost).toEqual(name.includes('queue') ? [] : [expected]);
  });

  it('may send to a parking queue, has its URL and an alarm for it', () => {
    const template = templateOf(sourceIn, (stack) => ({ parkingQueue: new Queue(stack, 'Parked') }));
    const [id = ''] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((key) =>
      key.startsWith('Parked'),
    );
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { PARKING_QUEUE_URL: { Ref: id } } },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: Match.arrayWith(['sqs:SendMessage']),
            Resource: { 'Fn::GetAtt': [id, 'Arn'] },
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'Orders/Batch: Messages were parked.',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [id, 'QueueName'] } }],
    });
  });

  it('runs the action of every alarm', () => {
    const alarmAction = { bind: () => ({ alarmActionArn: 'arn:aws:sns:eu-central-1:111122223333:alarms' }) };
    templateOf(sourceIn, { alarmAction }).allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: ['arn:aws:sns:eu-central-1:111122223333:alarms'],
    });
  });
});

describe('a queue', () => {
  it('is read with the props of the caller, which are CDK’s own', () => {
    templateOf((stack) =>
      BatchSource.sqs(queueIn(stack), {
        batchSize: 10,
        maxBatchingWindow: Duration.seconds(0),
        maxConcurrency: 7,
      }),
    ).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      ScalingConfig: { MaximumConcurrency: 7 },
    });
  });

  it('needs a dead-letter queue', () => {
    expect(() => BatchSource.sqs(new Queue(newStack(), 'Queue'))).toThrow(
      /^The queue Orders\/Queue has no dead-letter queue, .* Set deadLetterQueue/,
    );
  });

  it('needs a visibility timeout of six times the function timeout plus the window', () => {
    expect(() =>
      templateOf((stack) => BatchSource.sqs(queueIn(stack, { visibilityTimeout: Duration.seconds(180) }))),
    ).toThrow(/visibility timeout of Orders\/Queue is 180 s, but must be at least 181 s: six times .* 30 s/);
  });

  it('needs it for every mapping that reads the queue, wherever it is defined', () => {
    const stack = newStack();
    const queue = queueIn(stack);
    const target = functionIn(stack);
    new BatchFunction(stack, 'Batch', { function: target, source: BatchSource.sqs(queue) });
    new EventSourceMapping(stack, 'Another', {
      target,
      eventSourceArn: queue.queueArn,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(60),
    });
    expect(() => Template.fromStack(stack)).toThrow(/must be at least 240 s: .* batching window of 60 s/);
  });

  it('counts an old message as late only after the receives that its age includes', () => {
    const limits = [
      { fifo: false, age: 3 * 181 },
      { fifo: true, age: 5 * 181 },
    ] as const;
    for (const { fifo, age } of limits) {
      templateOf((stack) => BatchSource.sqs(queueIn(stack, fifo ? { fifo } : {}))).hasResourceProperties(
        'AWS::CloudWatch::Alarm',
        { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: age },
      );
    }
  });

  it('needs the visibility timeout of a queue that a parameter sets', () => {
    const sourceIn = (stack: Stack, props?: { readonly visibilityTimeout: Duration }) => {
      const { valueAsNumber } = new CfnParameter(stack, 'Visibility', { type: 'Number' });
      const visibilityTimeout = Duration.seconds(valueAsNumber);
      return BatchSource.sqs(queueIn(stack, { visibilityTimeout }), props);
    };
    expect(() => templateOf((stack) => sourceIn(stack))).toThrow(
      'The visibility timeout of Orders/Queue is set at the deployment, but the alarm on its age is a multiple of it. Set visibilityTimeout to the longest one.',
    );
    templateOf((stack) =>
      sourceIn(stack, { visibilityTimeout: Duration.seconds(200) }),
    ).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 600,
    });
  });
});

describe('the visibility timeout', () => {
  it('is six times the function timeout plus the window', () => {
    expect(visibilityTimeout(Duration.seconds(900), Duration.seconds(300)).toSeconds()).toBe(5700);
    expect(visibilityTimeout(Duration.seconds(5400)).toSeconds()).toBe(32_400);
  });

  it('is refused above the 12 hours of SQS', () => {
    expect(() => visibilityTimeout(Duration.seconds(7201))).toThrow(
      /43206 s, but SQS allows at most 43200 s/,
    );
  });
});

describe('a stream', () => {
  it('discards a record after five deliveries, to a new queue', () => {
    const template = templateOf((stack) => BatchSource.kinesis(new Stream(stack, 'Stream')));
    const [id] = Object.keys(template.findResources('AWS::SQS::Queue'));
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 4,
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [id, 'Arn'] } } },
    });
  });

  it('of a table is required', () => {
    const stack = newStack();
    const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    expect(() => BatchSource.dynamodb(table)).toThrow('The table Orders/Table has no stream. Set stream:');
  });
});

describe('a topic', () => {
  it('is read in a group of the stack, the construct and the topic, and in provisioned mode', () => {
    templateOf(() => BatchSource.kafka({ clusterArn, topic: 'orders' })).hasResourceProperties(
      'AWS::Lambda::EventSourceMapping',
      {
        Topics: ['orders'],
        AmazonManagedKafkaEventSourceConfig: {
          ConsumerGroupId: Match.stringLikeRegexp('^Orders-Batch-[0-9a-f]{8}$'),
        },
        ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 1 },
      },
    );
  });
});
