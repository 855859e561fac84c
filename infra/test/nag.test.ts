import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';

import { everySource, managed } from './contexts.ts';
import { stackOf } from './stack-of.ts';

/** What AWS's Solutions pack has to say against a stack: rules, and where they are broken. */
function findings(stack: Stack): readonly string[] {
  const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath = 'the app' }) => `${ruleName}: ${constructPath}`),
  );
}

it.each(everySource)('a stack of %s follows AWS’s advice, or says in its code why not', (_, context) => {
  expect(findings(stackOf(context))).toEqual([]);
});

it('so does one that is traced', () => {
  expect(findings(stackOf({ tracing: 'on' }))).toEqual([]);
});

it('so does one on managed instances', () => {
  expect(findings(stackOf(managed))).toEqual([]);
});

it('the check sees a queue that takes messages without TLS and loses dead letters', () => {
  const stack = new Stack(new App(), 'Other');
  new Queue(stack, 'Bare');
  expect(findings(stack)).toEqual([
    'AwsSolutions-SQS3: Other/Bare/Resource',
    'AwsSolutions-SQS4: Other/Bare/Resource',
  ]);
});
