import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { synthesize } from '../src/synthesize.ts';
import { builtFunctions } from './built-functions.ts';
import { FakeWorkspace } from './fake-workspace.ts';

/** An endpoint where stacks may be destroyed. AWS_ENDPOINT_URL may be set for another purpose. */
const endpoint = process.env.DEPLOY_ENDPOINT_URL;

const infra = path.dirname(import.meta.dirname);

/** Runs a command of `npx nx … infra` on an assembly, as in a pipeline. */
function cdk(command: string, assembly: string, ...args: readonly string[]): string {
  const own = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    CI: 'true',
  };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/cdk.ts', command, '--app', assembly, ...args],
    { cwd: infra, encoding: 'utf8', env: { ...process.env, ...own, AWS_ENDPOINT_URL: endpoint } },
  );
  const output = stdout + stderr;
  if (status !== 0) throw new Error(output);
  return output;
}

const title = 'at the endpoint of DEPLOY_ENDPOINT_URL';

describe.skipIf(!endpoint)(endpoint ? title : `${title}, which is not set`, () => {
  it('a stack is deployed, unchanged since, and destroyed, without questions', { timeout: 180_000 }, () => {
    using workspace = new FakeWorkspace({ ...builtFunctions, 'infra/cdk.json': '{}' });
    const assembly = workspace.resolve('infra/cdk.out');
    synthesize(workspace.path, assembly);
    cdk('bootstrap', assembly);
    const outputs = workspace.resolve('outputs.json');
    cdk('deploy', assembly, '--method=direct', '--outputs-file', outputs);
    const { ParallelLambda } = JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, object>;
    for (const technique of ['Promises', 'WorkerThreads', 'EffectFibers']) {
      expect(ParallelLambda).toHaveProperty(`${technique}FunctionName`);
      expect(ParallelLambda).toHaveProperty(`${technique}QueueUrl`);
      expect(ParallelLambda).toHaveProperty(`${technique}DeadLetterQueueUrl`);
    }
    expect(cdk('diff', assembly, '--method=template')).toContain('There were no differences');
    expect(cdk('destroy', assembly)).toContain('destroyed');
    expect(cdk('diff', assembly, '--method=template')).toContain('[+] AWS::Lambda::Function');
  });
});
