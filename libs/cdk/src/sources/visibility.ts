import { Duration, Token } from 'aws-cdk-lib';
import { CfnEventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

import { timeoutOf } from '../target.ts';
import { referenced } from './referenced.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const maxVisibilityTimeoutSeconds = 12 * 3600;

/** Visibility timeout of a queue that sets none. */
const defaultVisibilitySeconds = 30;

/**
 * Returns the visibility timeout that a queue needs: six times the function's timeout plus the batching window, so that
 * Lambda can retry a throttled batch before the queue redelivers its messages.
 *
 * @throws {Error} if that is more than SQS allows, 12 hours
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function visibilityTimeout(functionTimeout: Duration, batchingWindow = Duration.seconds(0)): Duration {
  const seconds = 6 * functionTimeout.toSeconds() + batchingWindow.toSeconds();
  if (seconds <= maxVisibilityTimeoutSeconds) return Duration.seconds(seconds);
  throw new Error(
    `A function timeout of ${functionTimeout.toSeconds()} s needs a visibility timeout of ${seconds} s, ` +
      `but SQS allows at most ${maxVisibilityTimeoutSeconds} s. Set a shorter timeout.`,
  );
}

/** Returns the visibility timeout of a queue in seconds; `undefined` if the queue is imported. */
export function visibleAfter(queue: IQueue): number | undefined {
  const resource = queue.node.defaultChild;
  return resource instanceof CfnQueue ? (resource.visibilityTimeout ?? defaultVisibilitySeconds) : undefined;
}

/**
 * Makes the synthesis fail if the visibility timeout of a queue is too short for its function and any of the mappings
 * that read the queue, wherever in the app they are defined. Values that are set at the deployment, such as parameters, pass.
 *
 * @param visible its visibility timeout in seconds
 */
export function checkVisibility(
  scope: IConstruct,
  queue: IQueue,
  { visible, target }: { readonly visible: () => number; readonly target: IFunction },
): void {
  scope.node.addValidation({
    validate: () => {
      const timeout = timeoutOf(target);
      const seconds = visible();
      const windows = mappingsOf(queue).map(({ maximumBatchingWindowInSeconds: window = 0 }) => window);
      const window = Math.max(0, ...windows.filter((each) => !Token.isUnresolved(each)));
      if (!timeout || Token.isUnresolved(seconds)) return [];
      const needed = visibilityTimeout(timeout, Duration.seconds(window)).toSeconds();
      if (seconds >= needed) return [];
      return [
        `The visibility timeout of ${queue.node.path} is ${seconds} s, but must be at least ${needed} s: ` +
          `six times the function's timeout of ${timeout.toSeconds()} s plus the batching window of ${window} s. ` +
          `Set visibilityTimeout: Duration.seconds(${needed}).`,
      ];
    },
  });
}

function mappingsOf(queue: IQueue): readonly CfnEventSourceMapping[] {
  const resource = queue.node.defaultChild;
  return queue.node.root.node
    .findAll()
    .filter((each): each is CfnEventSourceMapping => each instanceof CfnEventSourceMapping)
    .filter(({ eventSourceArn = '' }) =>
      resource ? referenced(eventSourceArn) === resource : eventSourceArn === queue.queueArn,
    );
}
