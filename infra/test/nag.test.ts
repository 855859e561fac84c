import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';

import { techniques } from '../src/techniques.ts';
import { everySource, managed } from './contexts.ts';
import { stackOf } from './stack-of.ts';

/** Returns the rules of AWS Solutions that a stack breaks, and where. */
function findings(stack: Stack): readonly string[] {
  const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath = 'the app' }) => `${ruleName}: ${constructPath}`),
  );
}

const modes = everySource.flatMap(([source, context]) => {
  const pollers = ['sqs', 'fifo', 'kafka'].includes(source) ? [{}, { pollers: '2..20' }] : [{}];
  return [{}, managed].flatMap((mode) =>
    [...pollers, { parking: 'on' }].map((setting) => ({ ...context, ...mode, ...setting })),
  );
});

it.each(modes)('a stack of %j is synthesized, and follows cdk-nag or gives its reasons', (context) => {
  const stack = stackOf(context);
  expect(findings(stack)).toEqual([]);
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', techniques.length);
});

it('a stack with tracing does so too', () => {
  expect(findings(stackOf({ tracing: 'on' }))).toEqual([]);
});

it('the check finds a queue without TLS and dead letters', () => {
  const stack = new Stack(new App(), 'Other');
  new Queue(stack, 'Bare');
  expect(findings(stack)).toEqual([
    'AwsSolutions-SQS3: Other/Bare/Resource',
    'AwsSolutions-SQS4: Other/Bare/Resource',
  ]);
});
