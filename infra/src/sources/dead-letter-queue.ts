import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { Settings } from '../settings/settings.ts';
import { fifoProps } from './fifo-props.ts';
import { removalPolicyOf } from './source.ts';

/** Creates a dead-letter queue that keeps messages for 14 days. That of a FIFO queue is FIFO too. */
export function deadLetterQueue(scope: Construct, settings: Settings): Queue {
  const queue = new Queue(scope, 'DeadLetterQueue', {
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(settings),
    ...(settings.source === 'fifo' && fifoProps),
  });
  if (!['sqs', 'fifo'].includes(settings.source)) {
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'This queue is a dead-letter queue: a mapping sends failed records to it, and no function reads it.',
    });
  }
  return queue;
}
