import { Duration, Validations } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { Settings } from '../settings/settings.ts';
import { removalPolicyOf } from './source.ts';

/**
 * Creates a queue for messages that a function gives up, which keeps them for 14 days, and lets the function send to it. That of a
 * FIFO queue is FIFO too. The right to delay messages is part of the event source mapping's.
 */
export function parkingQueue(scope: Construct, target: LambdaFunction, settings: Settings): Queue {
  const queue = new Queue(scope, 'ParkingQueue', {
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(settings),
    ...(settings.source === 'fifo' && { fifo: true }),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It holds messages of GiveUp, which no function reads.',
  });
  queue.grantSendMessages(target);
  target.addEnvironment('PARKING_QUEUE_URL', queue.queueUrl);
  return queue;
}
