import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';

import { BatchFunction, type BatchFunctionProps } from '../src/batch-function.ts';
import { visibilityTimeout } from '../src/sources/visibility.ts';

/** Returns a stack. */
export function newStack(): Stack {
  return new Stack(new App(), 'Orders');
}

/** Returns a function with a timeout of 30 s. */
export function functionIn(stack: Stack): LambdaFunction {
  return new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] })'),
    timeout: Duration.seconds(30),
  });
}

/** Returns a queue with a dead-letter queue and the visibility timeout that the function needs. */
export function queueIn(stack: Stack, props: QueueProps = {}): Queue {
  const fifo = props.fifo === true ? { fifo: true } : {};
  return new Queue(stack, 'Queue', {
    visibilityTimeout: visibilityTimeout(Duration.seconds(30), Duration.seconds(1)),
    deadLetterQueue: { queue: new Queue(stack, 'DeadLetters', fifo), maxReceiveCount: 5 },
    ...props,
  });
}

/** Connects a function with a source, and returns the template. */
export function templateOf(
  sourceIn: (stack: Stack) => BatchFunctionProps['source'],
  props: Partial<BatchFunctionProps> | ((stack: Stack) => Partial<BatchFunctionProps>) = {},
): Template {
  const stack = newStack();
  new BatchFunction(stack, 'Batch', {
    function: functionIn(stack),
    source: sourceIn(stack),
    ...(typeof props === 'function' ? props(stack) : props),
  });
  return Template.fromStack(stack);
}
