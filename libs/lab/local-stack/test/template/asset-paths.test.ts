import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { readStacks } from '../../src/index.ts';

const [code, layer, nested] = ['c', 'd', 'e'].map((letter) => letter.repeat(64)) as [string, string, string];

/** An address as CDK writes it: the bucket is known only at the deployment. */
const bucket = { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' };
const orders = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { S3Bucket: bucket, S3Key: `${code}.zip` },
    Layers: [{ Ref: 'Shared' }],
  },
};
const shared = {
  Type: 'AWS::Lambda::LayerVersion',
  Properties: { Content: { S3Bucket: bucket, S3Key: `${layer}.zip` } },
};
const parts = {
  'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, '/', bucket, `/${nested}.json`]],
};

const asset = (source: string, objectKey: string) => ({
  source: { path: source, packaging: source.endsWith('.json') ? 'file' : 'zip' },
  destinations: { current: { bucketName: 'assets', objectKey } },
});

it('an app that was synthesized without the CLI names its assets in its manifests', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'cdk.out-'));
  const files = {
    'manifest.json': {
      artifacts: {
        Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } },
      },
    },
    'Shop.template.json': {
      Resources: {
        Orders: orders,
        Shared: shared,
        Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: parts } },
      },
    },
    'ShopInner.nested.template.json': { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
    'Shop.assets.json': {
      files: {
        [code]: asset('asset.code', `${code}.zip`),
        [layer]: asset('asset.layer', `${layer}.zip`),
        [nested]: asset('ShopInner.nested.template.json', `${nested}.json`),
      },
    },
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder.path, name), JSON.stringify(content));
  }
  await mkdir(path.join(folder.path, 'asset.layer'));
  await mkdir(path.join(folder.path, 'asset.code'));
  await writeFile(path.join(folder.path, 'asset.code/index.js'), 'exports.handler = async () => 1;');
  const { assembly, stacks } = await readStacks(folder.path);
  expect(assembly.skipped).toEqual([]);
  expect(assembly.functions).toMatchObject([
    {
      name: 'Orders',
      codeFolder: path.join(folder.path, 'asset.code'),
      layers: [path.join(folder.path, 'asset.layer')],
    },
  ]);
  expect(stacks[0]?.queues.map(({ logicalId }) => logicalId)).toEqual(['InnerQueue']);
});
