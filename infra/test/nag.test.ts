import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';

import cdk from '../cdk.json' with { type: 'json' };
import { ParallelLambdaStack } from '../src/parallel-lambda-stack.ts';
import { builtFunctions } from './built-functions.ts';
import { FakeWorkspace } from './fake-workspace.ts';

/** What AWS's Solutions pack has to say against a stack: rules, and where they are broken. */
function findings(stack: Stack): readonly string[] {
  const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack);
  return violations.map(({ ruleName, violatingResources }) => {
    const where = violatingResources.map(({ constructPath = 'the app' }) => constructPath);
    return `${ruleName}: ${where.join(', ')}`;
  });
}

it('the stack follows AWS’s advice, or says in its code why not', () => {
  using workspace = new FakeWorkspace(builtFunctions);
  const app = new App({ context: cdk.context });
  const stack = new ParallelLambdaStack(app, 'ParallelLambda', { apps: workspace.resolve('apps') });
  expect(findings(stack)).toEqual([]);
});

it('the check sees a queue that takes messages without TLS and loses dead letters', () => {
  const stack = new Stack(new App(), 'Other');
  new Queue(stack, 'Bare');
  expect(findings(stack)).toEqual([
    'AwsSolutions-SQS3: Other/Bare/Resource',
    'AwsSolutions-SQS4: Other/Bare/Resource',
  ]);
});
