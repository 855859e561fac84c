import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { cdkEnvironment } from './cdk-environment.ts';
import { explainFailure } from './explain-failure.ts';

const args = process.argv.slice(2);
await run();

/** Runs the CDK command line with the given arguments. In a pipeline, it asks no questions. */
async function run(): Promise<void> {
  const startedAt = Date.now();
  const { status, error } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk')), ...args],
    { stdio: 'inherit', env: { ...cdkEnvironment(args[0], process.env) } },
  );
  if (error) throw error;
  process.exitCode = status ?? 1;
  // A failed synthesis has printed its reason already.
  if (status !== 0 && isSynthesizedSince(startedAt)) await explain();
}

function isSynthesizedSince(time: number): boolean {
  const manifest = path.resolve('deploy/cdk.out/manifest.json');
  return (statSync(manifest, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= time;
}

/** Requests the bootstrap stack. If this fails too, prints what to do about it. */
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
