import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { visibilityTimeout } from './visibility-timeout.ts';

/** What one technique is deployed with. */
export interface TechniqueFunctionProps {
  /** The folder that Lambda runs as it is, with `handler.js` in it; nothing is bundled here. */
  readonly code: string;
  /**
   * The memory in MB, and by it the share of CPU: 1,769 MB buy one vCPU.
   * @default 3008: 1.7 vCPUs, so two threads, and the most that a new account may have
   */
  readonly memorySize?: number;
  /**
   * When Lambda kills the function and delivers the whole batch again.
   * @default 30 seconds
   */
  readonly timeout?: Duration;
  /**
   * The processor.
   * @default Architecture.ARM_64, a fifth cheaper than x86_64
   */
  readonly architecture?: Architecture;
  /**
   * What the function finds in its environment, `WORKERS` and `THREADS` for instance.
   * @default - nothing beyond what Lambda sets
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * The most messages in a batch, 1 to 10,000; more than 10 need a batching window.
   * @default 100
   */
  readonly batchSize?: number;
  /**
   * How long Lambda gathers messages for a batch, 0 to 300 seconds.
   * @default 1 second, the least that a batch of more than 10 needs
   */
  readonly batchingWindow?: Duration;
  /**
   * How often a message is received before it becomes a dead letter.
   * @default 5, the least that AWS advises for a queue that Lambda reads
   */
  readonly maxReceiveCount?: number;
  /**
   * How long the logs are kept.
   * @default RetentionDays.TWO_WEEKS, as long as a dead letter
   */
  readonly logRetention?: RetentionDays;
}

const defaults = {
  memorySize: 3008,
  timeout: Duration.seconds(30),
  architecture: Architecture.ARM_64,
  environment: {},
  batchSize: 100,
  batchingWindow: Duration.seconds(1),
  maxReceiveCount: 5,
  logRetention: RetentionDays.TWO_WEEKS,
} satisfies Omit<TechniqueFunctionProps, 'code'>;

/**
 * One technique as a Lambda function, with a queue in front of it and a dead-letter queue behind. Deployed
 * once per technique with the same settings, so that a comparison compares the techniques.
 *
 * @throws {RangeError} when more than 10 messages are to be a batch without a window of a second
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export class TechniqueFunction extends Construct {
  /** What works on the batches. */
  readonly function: LambdaFunction;
  /** Where messages are sent. */
  readonly queue: Queue;
  /** Where messages end that failed `maxReceiveCount` times. */
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: TechniqueFunctionProps) {
    super(scope, id);
    const settings = { ...defaults, ...props };
    checkBatching(settings.batchSize, settings.batchingWindow);

    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: visibilityTimeout(settings.timeout, settings.batchingWindow),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: settings.maxReceiveCount },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });

    const logGroup = new LogGroup(this, 'Logs', {
      retention: settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own, because the one that CDK makes may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    this.function = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: settings.architecture,
      handler: 'handler.handler',
      code: Code.fromAsset(settings.code),
      memorySize: settings.memorySize,
      timeout: settings.timeout,
      environment: settings.environment,
      role,
      logGroup,
    });
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: settings.batchSize,
        maxBatchingWindow: settings.batchingWindow,
        // Without it Lambda ignores the response and deletes the messages that failed.
        reportBatchItemFailures: true,
      }),
    );
  }
}

/** @throws {RangeError} for a batch that Lambda would refuse, here rather than halfway through a deployment */
function checkBatching(batchSize: number, batchingWindow: Duration): void {
  if (batchSize > 10 && batchingWindow.toSeconds() < 1) {
    throw new RangeError(
      `A batch of ${batchSize} messages needs a batching window of at least 1 second, not ${batchingWindow.toSeconds()}; ` +
        'without one it is at most 10 messages.',
    );
  }
}
