import { Duration, Stack } from 'aws-cdk-lib';
import { CfnEventSourceMapping, CfnFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, type Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const maxVisibilityTimeoutSeconds = 12 * 3600;

/** Defaults of SQS and Lambda, in seconds. */
const defaults = { visibilityTimeout: 30, functionTimeout: 3 } as const;

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

/** Returns the visibility timeout of a queue in seconds. */
export function visibleAfter(queue: Queue): number {
  const [{ visibilityTimeout: visible = defaults.visibilityTimeout } = {}] = resources(queue, CfnQueue);
  return visible;
}

/**
 * Makes the synthesis fail if the visibility timeout of a queue is too short for its function and any of the mappings
 * that read the queue, wherever in the stack they are defined.
 */
export function checkVisibility(scope: IConstruct, queue: Queue, target: LambdaFunction): void {
  scope.node.addValidation({
    validate: () => {
      const visible = visibleAfter(queue);
      const [{ timeout = defaults.functionTimeout } = {}] = resources(target, CfnFunction);
      const windows = mappingsOf(queue).map(({ maximumBatchingWindowInSeconds: window = 0 }) => window);
      const window = Math.max(0, ...windows);
      const needed = visibilityTimeout(Duration.seconds(timeout), Duration.seconds(window)).toSeconds();
      if (visible >= needed) return [];
      return [
        `The visibility timeout of ${queue.node.path} is ${visible} s, but must be at least ${needed} s: ` +
          `six times the function's timeout of ${timeout} s plus the batching window of ${window} s. ` +
          `Set visibilityTimeout: Duration.seconds(${needed}).`,
      ];
    },
  });
}

function mappingsOf(queue: Queue): readonly CfnEventSourceMapping[] {
  return resources(queue.node.root, CfnEventSourceMapping).filter((mapping) => {
    const stack = Stack.of(mapping);
    return (
      JSON.stringify(stack.resolve(mapping.eventSourceArn)) === JSON.stringify(stack.resolve(queue.queueArn))
    );
  });
}

function resources<Resource>(
  construct: IConstruct,
  type: abstract new (...args: never[]) => Resource,
): readonly Resource[] {
  return (construct.node.findAll() as unknown[]).filter((each): each is Resource => each instanceof type);
}
