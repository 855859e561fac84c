import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

import cdk from '../cdk.json' with { type: 'json' };
import { ParallelLambdaStack } from '../src/parallel-lambda-stack.ts';
import { readSettings } from '../src/settings/read-settings.ts';
import type { Context } from '../src/settings/read-values.ts';
import { builtFunctions } from './built-functions.ts';
import { FakeWorkspace } from './fake-workspace.ts';

/** Returns the stack with the settings of a context, deployed from these built files. */
export function stackOf(
  context: Context = {},
  files: Readonly<Record<string, string>> = builtFunctions,
): ParallelLambdaStack {
  using workspace = new FakeWorkspace(files);
  const app = new App({ context: cdk.context });
  const settings = readSettings(context);
  return new ParallelLambdaStack(app, 'ParallelLambda', { apps: workspace.resolve('apps'), settings });
}

/** Returns its template. */
export function templateOf(context: Context = {}): Template {
  return Template.fromStack(stackOf(context));
}
