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
  it('a stack is deployed, updated in place, and destroyed, without questions', { timeout: 180_000 }, () => {
    using workspace = new FakeWorkspace({ ...builtFunctions, 'infra/cdk.json': '{}' });
    const first = workspace.resolve('infra/cdk.out');
    synthesize(workspace.path, first);
    cdk('bootstrap', first);
    const created = deploy(workspace, first);
    for (const technique of ['Promises', 'WorkerThreads', 'EffectFibers']) {
      expect(created).toHaveProperty(`${technique}FunctionName`);
      expect(created).toHaveProperty(`${technique}QueueUrl`);
      expect(created).toHaveProperty(`${technique}DeadLetterQueueUrl`);
    }
    expect(cdk('diff', first, '--method=template')).toContain('There were no differences');

    workspace.write('apps/promises/dist/handler.js', 'promises: the next version');
    const next = workspace.resolve('infra/cdk.next');
    synthesize(workspace.path, next);
    expect(cdk('diff', next, '--method=template')).toContain('[~] AWS::Lambda::Function');
    // No function or queue has another name: it would lose its messages.
    expect(deploy(workspace, next)).toEqual(created);
    expect(cdk('diff', next, '--method=template')).toContain('There were no differences');

    expect(cdk('destroy', next)).toContain('destroyed');
    expect(cdk('diff', next, '--method=template')).toContain('[+] AWS::Lambda::Function');
  });
});

/** Deploys an assembly, and returns the outputs of the stack. */
function deploy(workspace: FakeWorkspace, assembly: string): unknown {
  const outputs = workspace.resolve('outputs.json');
  cdk('deploy', assembly, '--method=direct', '--outputs-file', outputs);
  return (JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, unknown>).ParallelLambda;
}
