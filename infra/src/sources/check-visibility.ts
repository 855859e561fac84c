import { Duration } from 'aws-cdk-lib';
import { CfnEventSourceMapping, CfnFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, type Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * Returns the visibility timeout that a queue needs: six times the function's timeout plus the batching window, so that
 * Lambda can retry a throttled batch before the queue delivers its messages again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function visibilityTimeout(functionTimeout: Duration, batchingWindow: Duration): Duration {
  return Duration.seconds(6 * functionTimeout.toSeconds() + batchingWindow.toSeconds());
}

/**
 * Makes the synthesis fail if the queue's visibility timeout is too short for the function and one of its mappings. The
 * three are derived from each other here; the check is for later changes to only one of them.
 */
export function checkVisibility(scope: Construct, queue: Queue, target: LambdaFunction): void {
  scope.node.addValidation({
    validate: () => {
      const [{ visibilityTimeout: visible = 30 } = {}] = resources(queue, CfnQueue);
      const [{ timeout = 3 } = {}] = resources(target, CfnFunction);
      const windows = resources(target, CfnEventSourceMapping).map(
        ({ maximumBatchingWindowInSeconds: window = 0 }) => window,
      );
      const window = Math.max(0, ...windows);
      const needed = visibilityTimeout(Duration.seconds(timeout), Duration.seconds(window)).toSeconds();
      if (visible >= needed) return [];
      return [
        `The queue's visibility timeout is ${visible} s, but must be at least ${needed} s: six times the function's timeout of ${timeout} s plus the batching window of ${window} s.`,
      ];
    },
  });
}

function resources<Resource>(
  construct: Construct,
  type: abstract new (...args: never[]) => Resource,
): readonly Resource[] {
  return (construct.node.findAll() as unknown[]).filter((each): each is Resource => each instanceof type);
}
