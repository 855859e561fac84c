import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { beforeAll, afterAll, describe, expect, it } from 'vitest';

import { synthesize } from '../src/synthesize.ts';
import { techniques } from '../src/techniques.ts';
import { builtFunctions } from './built-functions.ts';
import { FakeWorkspace } from './fake-workspace.ts';

const inputs = {
  ...builtFunctions,
  'infra/cdk.json': '{}',
  'infra/src/main.ts': 'the app',
  'infra/src/nested/file.ts': 'a part of it',
};

const others = {
  'apps/promises/src/handler.ts': 'a source of a build, not of the assembly',
  'infra/README.md': 'read by people',
};

interface LambdaFunction {
  readonly Type: string;
  readonly Metadata: Readonly<Record<string, string>>;
}

describe('the assembly', () => {
  let workspace: FakeWorkspace;
  let assembly: string;

  beforeAll(() => {
    workspace = new FakeWorkspace({ ...inputs, ...others });
    assembly = workspace.resolve('infra/cdk.out');
    synthesize(workspace.path, assembly);
    // On a busy machine CDK needs more than the ten seconds of a hook.
  }, 30_000);
  afterAll(() => {
    workspace[Symbol.dispose]();
  });

  /** Returns the Lambda function of a technique, found as the lab finds it. */
  function functionOf(technique: string): LambdaFunction {
    const text = readFileSync(path.join(assembly, 'ParallelLambda.template.json'), 'utf8');
    const { Resources } = JSON.parse(text) as { Resources: Record<string, LambdaFunction> };
    const found = Object.values(Resources).filter(
      ({ Type, Metadata }) =>
        Type === 'AWS::Lambda::Function' &&
        Metadata['aws:cdk:path']?.startsWith(`ParallelLambda/${technique}/`),
    );
    if (found[0] === undefined || found.length > 1)
      throw new Error(`${found.length} functions for ${technique}`);
    return found[0];
  }

  it.each(techniques)('has the path of the construct of %s', (technique) => {
    expect(functionOf(technique).Metadata['aws:cdk:path']).toBe(
      `ParallelLambda/${technique}/Function/Resource`,
    );
  });

  it.each(techniques)('has exactly the built folder of %s, and its path', (technique) => {
    const { Metadata } = functionOf(technique);
    expect(Metadata['aws:asset:property']).toBe('Code');
    const asset = path.join(assembly, String(Metadata['aws:asset:path']));
    expect(contents(asset)).toEqual(contents(workspace.resolve(`apps/${technique}/dist`)));
  });

  it('has only three assets', () => {
    const assets = readdirSync(assembly).filter((name) => name.startsWith('asset.'));
    const deployed = techniques.map((technique) => functionOf(technique).Metadata['aws:asset:path']);
    expect(assets.toSorted()).toEqual(deployed.toSorted());
  });

  it.each(['handler.js', 'work.js', 'entry/worker.js'])(
    'has %s where the threads or Lambda look for it',
    (file) => {
      const asset = path.join(assembly, String(functionOf('worker-threads').Metadata['aws:asset:path']));
      expect(contents(asset)).toHaveProperty([file]);
    },
  );

  it('has a record with the digest of each file that it was made from', () => {
    const record = JSON.parse(readFileSync(`${assembly}.inputs.json`, 'utf8')) as Record<string, string>;
    const digests = Object.entries(inputs).map(([file, text]) => [
      file,
      createHash('sha256').update(text).digest('hex'),
    ]);
    expect(record).toEqual(Object.fromEntries(digests));
    expect(Object.keys(record)).toEqual(Object.keys(record).toSorted());
  });
});

/** Returns the files of a folder as text, by path. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
}
