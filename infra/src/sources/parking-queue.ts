import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { Settings } from '../settings/settings.ts';
import { removalPolicyOf } from './source.ts';

/** Creates a queue for messages that a function parks, which keeps them for 14 days. That of a FIFO queue is FIFO too. */
export function parkingQueue(scope: Construct, settings: Settings): Queue {
  const queue = new Queue(scope, 'ParkingQueue', {
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(settings),
    ...(settings.source === 'fifo' && { fifo: true }),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'This queue stores parked messages (GiveUp), which no function reads.',
  });
  return queue;
}
