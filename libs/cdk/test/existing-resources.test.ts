import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table, TableEncryption, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamConsumer } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, Function as LambdaFunction, type IFunction, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';

import { BatchFunction, type BatchFunctionProps } from '../src/batch-function.ts';
import { BatchSource } from '../src/batch-source.ts';
import { functionIn, newStack, queueIn, templateOf } from './stack.ts';

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-central-1:111122223333:${resource}`;

/** Settings that CDK does not have of an imported queue. */
const known = (stack: Stack) => ({
  deadLetterQueue: { queue: Queue.fromQueueArn(stack, 'Letters', arn('sqs', 'letters')), maxReceiveCount: 5 },
  visibilityTimeout: Duration.seconds(200),
});

describe('an imported queue', () => {
  const imported = (stack: Stack, name = 'orders'): ReturnType<typeof Queue.fromQueueArn> =>
    Queue.fromQueueArn(stack, 'Queue', arn('sqs', name));

  it('is read with its settings, which the props name', () => {
    const template = templateOf((stack) => BatchSource.sqs(imported(stack), known(stack)));
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: arn('sqs', 'orders'),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
      Threshold: 600,
    });
  });

  it('is read without a window if it is FIFO', () => {
    templateOf((stack) =>
      BatchSource.sqs(imported(stack, 'orders.fifo'), known(stack)),
    ).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: Match.absent(),
    });
  });

  it('of another account is watched there', () => {
    const stack = new Stack(new App(), 'Orders', { env: { account: '999999999999' } });
    const source = BatchSource.sqs(imported(stack), known(stack));
    new BatchFunction(stack, 'Batch', { function: functionIn(stack), source });
    const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    const watched = alarms.flatMap(({ Properties }) => (Properties as { Metrics?: object[] }).Metrics ?? []);
    const metric = (name: string) =>
      expect.objectContaining({
        AccountId: '111122223333',
        MetricStat: expect.objectContaining({
          Metric: expect.objectContaining({ MetricName: name }) as object,
        }) as object,
      }) as object;
    expect(watched).toEqual([
      metric('ApproximateNumberOfMessagesVisible'),
      metric('ApproximateAgeOfOldestMessage'),
    ]);
  });

  it('needs these settings', () => {
    const stack = newStack();
    const { deadLetterQueue, visibilityTimeout } = known(stack);
    const queue = imported(stack);
    for (const props of [{}, { deadLetterQueue }, { visibilityTimeout }]) {
      expect(() => BatchSource.sqs(queue, props)).toThrow(
        'The queue Orders/Queue is imported, so CDK does not have its settings. Set deadLetterQueue:',
      );
    }
  });

  it('needs a visibility timeout for the window too', () => {
    expect(() =>
      templateOf((stack) =>
        BatchSource.sqs(imported(stack), { ...known(stack), maxBatchingWindow: Duration.seconds(60) }),
      ),
    ).toThrow('The visibility timeout of Orders/Queue is 200 s, but must be at least 240 s');
  });
});

describe('an alias, a version or an imported function', () => {
  const wired = (target: (stack: Stack) => IFunction, props: Partial<BatchFunctionProps> = {}): Template => {
    const stack = newStack();
    const source = BatchSource.sqs(queueIn(stack));
    new BatchFunction(stack, 'Batch', { function: target(stack), source, ...props });
    return Template.fromStack(stack);
  };
  const alias = (stack: Stack): IFunction =>
    new Alias(stack, 'Live', {
      aliasName: 'live',
      version: functionIn(stack).currentVersion as IVersion,
    }) as IFunction;

  it('is invoked itself, and the alarms have its timeout', () => {
    const template = wired(alias);
    const [mapping] = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));
    expect(JSON.stringify(mapping)).toMatch(/"FunctionName":.*"Ref":"Live/);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Duration', Threshold: 27_000 });
    expect(() => wired((stack) => functionIn(stack).currentVersion as IFunction)).not.toThrow();
  });

  it('needs a visibility timeout of six times the timeout of its function', () => {
    const stack = newStack();
    const source = BatchSource.sqs(queueIn(stack, { visibilityTimeout: Duration.seconds(180) }));
    new BatchFunction(stack, 'Batch', { function: alias(stack), source });
    expect(() => Template.fromStack(stack)).toThrow("six times the function's timeout of 30 s");
  });

  it('gets the URL of the parking queue through its function', () => {
    const stack = newStack();
    const source = BatchSource.sqs(queueIn(stack));
    const parkingQueue = new Queue(stack, 'Parked');
    new BatchFunction(stack, 'Batch', { function: alias(stack), source, parkingQueue });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { PARKING_QUEUE_URL: { Ref: Match.stringLikeRegexp('^Parked') } } },
    });
  });

  const imported = (stack: Stack): IFunction =>
    LambdaFunction.fromFunctionAttributes(stack, 'Function', {
      functionArn: arn('lambda', 'function:orders'),
      role: Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/orders'),
      sameEnvironment: true,
    });

  it('has no alarm on a timeout that CDK does not have', () => {
    const template = wired(imported);
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'Duration' }, 0);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: 'orders',
    });
  });

  it('cannot get the URL of a parking queue if it is imported', () => {
    const stack = newStack();
    const parkingQueue = Queue.fromQueueArn(stack, 'Parked', arn('sqs', 'parked'));
    const source = BatchSource.sqs(queueIn(stack));
    expect(
      () => new BatchFunction(stack, 'Batch', { function: imported(stack), source, parkingQueue }),
    ).toThrow('The function Orders/Function is imported, so CDK cannot set its variable PARKING_QUEUE_URL.');
  });
});

describe('a customer-managed key', () => {
  const decrypts = (sourceIn: (stack: Stack, encryptionKey: Key) => BatchSource): void => {
    templateOf((stack) => sourceIn(stack, new Key(stack, 'Key'))).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'kms:Decrypt',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
          }),
        ]),
      },
    });
  };
  const id = { name: 'id', type: AttributeType.STRING };

  it('of a queue can be used', () => {
    decrypts((stack, encryptionMasterKey) =>
      BatchSource.sqs(queueIn(stack, { encryption: QueueEncryption.KMS, encryptionMasterKey })),
    );
  });

  it('of a stream can be used', () => {
    decrypts((stack, encryptionKey) => BatchSource.kinesis(new Stream(stack, 'Stream', { encryptionKey })));
  });

  it('of a table can be used, because it encrypts the stream of the table', () => {
    decrypts((stack, encryptionKey) =>
      BatchSource.dynamodb(
        new Table(stack, 'Table', {
          partitionKey: id,
          stream: StreamViewType.NEW_IMAGE,
          encryption: TableEncryption.CUSTOMER_MANAGED,
          encryptionKey,
        }),
      ),
    );
  });
});

it('a consumer with enhanced fan-out is read in place of its stream', () => {
  templateOf((stack) => {
    const stream = Stream.fromStreamArn(stack, 'Stream', arn('kinesis', 'stream/clicks'));
    return BatchSource.kinesis(
      new StreamConsumer(stack, 'Consumer', { stream, streamConsumerName: 'orders' }),
    );
  }).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Consumer'), 'ConsumerARN'] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

it('a function can read several tables', () => {
  const stack = newStack();
  const target = functionIn(stack);
  for (const name of ['Orders', 'Items']) {
    const table = new TableV2(stack, name, {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_IMAGE,
    });
    new BatchFunction(stack, `${name}Batch`, { function: target, source: BatchSource.dynamodb(table) });
  }
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
});

it('a stage does not see the mappings of a queue with the same name in another stage', () => {
  const app = new App();
  const [short] = [1, 60].map((seconds) => {
    const stack = new Stack(new Stage(app, `Window${seconds}`), 'Orders');
    const maxBatchingWindow = Duration.seconds(seconds);
    const queue = queueIn(stack, { visibilityTimeout: Duration.seconds(180 + seconds) });
    const source = BatchSource.sqs(queue, { maxBatchingWindow });
    new BatchFunction(stack, 'Batch', { function: functionIn(stack), source });
    return stack;
  });
  expect(short && Template.fromStack(short).findResources('AWS::SQS::Queue')).toBeDefined();
});

describe('event pollers of a queue', () => {
  const pollers = (maximumPollers: number): Template =>
    templateOf((stack) =>
      BatchSource.sqs(queueIn(stack), { provisionedPollerConfig: { minimumPollers: 2, maximumPollers } }),
    );

  it.each([20, 2000, 2001, 10_000])(
    'can be up to 10,000, although CDK refuses more than 2,000: %d',
    (max) => {
      pollers(max).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: max },
      });
    },
  );

  it('cannot be more', () => {
    expect(() => pollers(10_001)).toThrow(
      'maximumPollers is 10001, but a queue can have at most 10000. Set a smaller maximumPollers.',
    );
  });
});
