import type { Alarm, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { addAlarms } from './alarms.ts';
import type { BatchSource } from './batch-source.ts';
import type { BoundSource } from './bound-source.ts';
import { unqualified } from './target.ts';

/** Props of {@link BatchFunction}. */
export interface BatchFunctionProps {
  /** Processes the batches, and returns a partial batch response: a function, an alias or a version. */
  readonly function: IFunction;
  /** Source of its batches: `BatchSource.sqs(queue)`. */
  readonly source: BatchSource;
  /**
   * Receives messages whose work throws `GiveUp`. The function may send to it, and gets its URL as the environment variable
   * `PARKING_QUEUE_URL`, which `sqsRedelivery` reads. @default none
   */
  readonly parkingQueue?: IQueue | undefined;
  /** Action of every alarm: `new SnsAction(topic)`. @default nothing */
  readonly alarmAction?: IAlarmAction | undefined;
  /** URL of a page with a heading for each alarm. @default descriptions have no link */
  readonly runbook?: string;
}

/**
 * Connects a function to the source of its batches: a mapping with partial batch responses and metrics, a dead-letter
 * queue, only the permissions that the mapping needs, and alarms; with a parking queue if you have one.
 */
export class BatchFunction extends Construct {
  /** Processes the batches. */
  readonly function: IFunction;
  /** The source, connected to the function. */
  readonly source: BoundSource;
  /** The alarms on dead letters, lag and errors. */
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: BatchFunctionProps) {
    super(scope, id);
    const { function: target, source, parkingQueue, alarmAction, runbook } = props;
    this.function = target;
    this.source = source.bind(this, target);
    if (parkingQueue) park(target, parkingQueue);
    const name = this.node.path;
    this.alarms = addAlarms(this, { function: target, source: this.source, parkingQueue, name, runbook });
    if (alarmAction) for (const alarm of this.alarms) alarm.addAlarmAction(alarmAction);
  }
}

/** @throws {Error} if the function is imported */
function park(target: IFunction, queue: IQueue): void {
  const behind = unqualified(target);
  if (!(behind instanceof LambdaFunction)) {
    throw new Error(
      `The function ${behind.node.path} is imported, so CDK cannot set its variable PARKING_QUEUE_URL. ` +
        'Set the variable where the function is defined, and remove parkingQueue.',
    );
  }
  queue.grantSendMessages(target);
  behind.addEnvironment('PARKING_QUEUE_URL', queue.queueUrl);
}
