import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { App } from 'aws-cdk-lib';

import cdk from '../cdk.json' with { type: 'json' };
import { assemblyInputs } from './assembly-inputs.ts';
import { ParallelLambdaStack } from './parallel-lambda-stack.ts';
import { readSettings } from './settings/read-settings.ts';
import type { Context } from './settings/read-values.ts';
import type { Settings } from './settings/settings.ts';

/** Metadata by which the lab finds a function and its code. The CDK command line adds it too. */
const metadata = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/**
 * Writes the assembly that is deployed, and that the lab runs. `<assembly>.inputs.json` beside it lets the lab detect that
 * it is stale. The template is the same with and without the CDK command line, which passes `--context` in the environment.
 *
 * @param workspace folder of `apps` and `infra`
 * @param assembly folder to write
 * @returns the settings of the stack
 * @throws {MissingBuildError} if a function is not built
 * @throws {SettingsError} if a setting is wrong
 */
export function synthesize(workspace: string, assembly: string): Settings {
  const app = new App({ outdir: assembly, autoSynth: false, context: { ...cdk.context, ...metadata } });
  const settings = readSettings(app.node.getAllContext() as Context);
  new ParallelLambdaStack(app, 'ParallelLambda', { apps: path.join(workspace, 'apps'), settings });
  app.synth();
  const inputs = assemblyInputs(workspace);
  writeFileSync(`${assembly}.inputs.json`, `${JSON.stringify(inputs, undefined, 2)}\n`);
  return settings;
}
