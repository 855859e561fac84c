import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { cdkEnvironment } from './cdk-environment.ts';
import { explainFailure } from './explain-failure.ts';
import { nxCommandLine } from './nx-command-line.ts';
import { nxConfiguration } from './nx-configuration.ts';

const args = process.argv.slice(2);
const configuration = nxConfiguration(nxCommandLine(process.env.NX_INVOCATION_ROOT_PID));
if (configuration === undefined) await run();
else {
  console.error(
    `Nx took ${configuration} for a configuration of its own, and there is none: write --context ${configuration}.`,
  );
  process.exitCode = 1;
}

/** The CDK command line with the arguments given, asking nothing where nobody can answer. */
async function run(): Promise<void> {
  const startedAt = Date.now();
  const { status, error } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk')), ...args],
    { stdio: 'inherit', env: { ...cdkEnvironment(args[0], process.env) } },
  );
  if (error) throw error;
  process.exitCode = status ?? 1;
  // What could not be synthesized has said why.
  if (status !== 0 && isSynthesizedSince(startedAt)) await explain();
}

function isSynthesizedSince(time: number): boolean {
  const manifest = path.resolve('deploy/cdk.out/manifest.json');
  return (statSync(manifest, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= time;
}

/** Asks for what `bootstrap` made, and if there is no answer, says what to do about that. */
async function explain(): Promise<void> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  try {
    const client = new CloudFormationClient({ maxAttempts: 1 });
    await client.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
  } catch (error) {
    const sentence = explainFailure(error as Error, args[0], process.env);
    if (sentence !== undefined) console.error(`\n${sentence}`);
  }
}
