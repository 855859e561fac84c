import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { Settings } from '../settings/settings.ts';
import { removalPolicyOf } from './source.ts';

/** The queue for what was given up, kept as long as SQS keeps anything; that of a FIFO queue must be one too. */
export function deadLetterQueue(scope: Construct, settings: Settings): Queue {
  const queue = new Queue(scope, 'DeadLetterQueue', {
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(settings),
    ...(settings.source === 'fifo' && { fifo: true }),
  });
  if (!['sqs', 'fifo'].includes(settings.source)) {
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is a dead-letter queue itself: a mapping sends to it what it gave up, and nobody reads it but people.',
    });
  }
  return queue;
}
