import { Duration } from 'aws-cdk-lib';
import { CfnEventSourceMapping, CfnFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, type Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import { visibilityTimeout } from './visibility-timeout.ts';

/**
 * Has the synthesis fail when the queue does not hide a message for as long as the function and its mapping
 * need. They are derived from each other; this is for whoever changes one of them afterwards.
 */
export function checkVisibility(scope: Construct, queue: Queue, target: LambdaFunction): void {
  scope.node.addValidation({
    validate: () => {
      const { visibilityTimeout: hidden = 30 } = resource(queue, CfnQueue);
      const { timeout = 3 } = resource(target, CfnFunction);
      const { maximumBatchingWindowInSeconds: window = 0 } = resource(target, CfnEventSourceMapping);
      const needed = visibilityTimeout(Duration.seconds(timeout), Duration.seconds(window)).toSeconds();
      if (hidden >= needed) return [];
      return [
        `The queue hides a message for ${hidden} s, and needs ${needed}: six times the function's ${timeout} s, and the window's ${window} s.`,
      ];
    },
  });
}

function resource<Resource>(
  construct: Construct,
  type: abstract new (...args: never[]) => Resource,
): Resource {
  for (const each of construct.node.findAll() as unknown[]) if (each instanceof type) return each;
  throw new TypeError(`${construct.node.path} holds no ${type.name}`);
}
