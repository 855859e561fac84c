import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { findInput } from '../../src/template/find-input.ts';

/** A folder with an empty file, for one test. */
async function folderWith(file: string) {
  const folder = await mkdtempDisposable(path.join(tmpdir(), 'input-'));
  await mkdir(path.dirname(path.join(folder.path, file)), { recursive: true });
  await writeFile(path.join(folder.path, file), '');
  return folder;
}

it.each([
  ['cdk.out/manifest.json', 'cdk.out'],
  ['.aws-sam/build/template.yaml', '.aws-sam/build'],
  ['.serverless/cloudformation-template-update-stack.json', '.serverless'],
  ['template.yml', 'template.yml'],
])('takes %s', async (file, input) => {
  await using folder = await folderWith(file);
  expect(findInput(folder.path)).toBe(path.join(folder.path, input));
});

it.each([
  ['readme.md', 'Run cdk synth or sam build first.'],
  ['cdk.json', 'This is a CDK project: run npx cdk synth first.'],
  ['samconfig.toml', 'This is a SAM project: run sam build first, or pass --assembly TEMPLATE.'],
  ['serverless.yml', 'This is a project of the Serverless Framework: run npx serverless package first.'],
  ['main.tf', 'This is a project of Terraform, whose stacks are not read here'],
  ['sst.config.ts', 'This is a project of SST, whose stacks are not read here'],
  ['Pulumi.yaml', 'This is a project of Pulumi, whose stacks are not read here'],
])('explains for a folder with only %s what was looked for, and what to do', async (file, remedy) => {
  await using folder = await folderWith(file);
  const looked = 'cdk.out, .aws-sam/build, .serverless, template.yaml, template.yml, or template.json';
  expect(() => findInput(folder.path)).toThrow(`There is no ${looked} in ${folder.path}. ${remedy}`);
});
