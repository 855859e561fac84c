import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { App } from 'aws-cdk-lib';

import cdk from '../cdk.json' with { type: 'json' };
import { assemblyInputs } from './assembly-inputs.ts';
import { ParallelLambdaStack } from './parallel-lambda-stack.ts';
import type { Context } from './settings/read-values.ts';
import { readSettings } from './settings/read-settings.ts';
import type { Settings } from './settings/settings.ts';

/** What the CDK command line turns on and the lab cannot do without: it finds a function and its code by them. */
const metadata = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/**
 * Writes the assembly: the template and the assets that are deployed, and that the lab runs. Beside it goes
 * `<assembly>.inputs.json`, by which the lab tells that it is stale. The template is the same with and without
 * the CDK command line, whose `--context` comes by the environment.
 *
 * @param workspace the folder that holds `apps` and `infra`
 * @param assembly the folder to write
 * @returns the settings that the stack was synthesized with
 * @throws {MissingBuildError} when a function has not been built
 * @throws {SettingsError} when the context asks for what cannot be deployed
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
