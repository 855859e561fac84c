import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

import cdk from '../cdk.json' with { type: 'json' };
import { ParallelLambdaStack } from '../src/parallel-lambda-stack.ts';
import type { Context } from '../src/settings/read-values.ts';
import { readSettings } from '../src/settings/read-settings.ts';
import { builtFunctions } from './built-functions.ts';
import { FakeWorkspace } from './fake-workspace.ts';

/** The stack as `--context` asks for it, where these files are what the builds left. */
export function stackOf(
  context: Context = {},
  files: Readonly<Record<string, string>> = builtFunctions,
): ParallelLambdaStack {
  using workspace = new FakeWorkspace(files);
  const app = new App({ context: cdk.context });
  const settings = readSettings(context);
  return new ParallelLambdaStack(app, 'ParallelLambda', { apps: workspace.resolve('apps'), settings });
}

/** Its template. */
export function templateOf(context: Context = {}): Template {
  return Template.fromStack(stackOf(context));
}
