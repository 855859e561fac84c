import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { strToU8, zipSync, type Zippable } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { unpackedFolder } from '../src/assembly/unpacked-folder.ts';
import { readStacks } from '../src/stack/read-stacks.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zip-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function zip(file: string, content: Zippable): Promise<string> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, zipSync(content));
  return target;
}

const handler = strToU8('exports.handler = async () => 1;');

it('a zip file is unpacked with executable programs', async () => {
  const content = { 'src/app.js': handler, bin: { tool: strToU8('#!/bin/sh') } };
  const unpacked = unpackedFolder(await zip('code.zip', content)) ?? '';
  await expect(readFile(path.join(unpacked, 'src/app.js'), 'utf8')).resolves.toContain('exports.handler');
  expect((await stat(path.join(unpacked, 'bin/tool'))).mode & 0o111).not.toBe(0);
});

it('a zip file with entries outside of its folder is a sentence, and nothing lands there', async () => {
  const outside = ['../outside.js', 'src/../../outside.js', '../code-2/a.js', '../../b.js'];
  const content = Object.fromEntries([...outside, 'app.js'].map((name) => [name, handler]));
  const file = await zip('code.zip', content);
  expect(() => unpackedFolder(file)).toThrow(
    `${file} has entries that would be unpacked outside of its folder: ${outside.slice(0, 3).join(', ')}, …. Package it again.`,
  );
  const inside =
    unpackedFolder(await zip('inside.zip', { 'src/../app.js': handler, '/lib.js': handler })) ?? '';
  await expect(readdir(inside)).resolves.toEqual(['app.js', 'lib.js']);
  await expect(stat(path.join(inside, '../outside.js'))).rejects.toThrow('ENOENT');
});

it('links of a zip file stay links, and no file is written through one', async () => {
  const link = (target: string) => [strToU8(target), { os: 3, attrs: (0o120777 << 16) >>> 0 }] as const;
  const linked = { 'app.js': link('lib/main.js'), 'lib/main.js': handler } as unknown as Zippable;
  const unpacked = unpackedFolder(await zip('links.zip', linked)) ?? '';
  await expect(readlink(path.join(unpacked, 'app.js'))).resolves.toBe('lib/main.js');
  await expect(readFile(path.join(unpacked, 'app.js'), 'utf8')).resolves.toContain('exports.handler');
  const through = { lib: link(folder), 'lib/main.js': handler } as unknown as Zippable;
  const file = await zip('through.zip', through);
  expect(() => unpackedFolder(file)).toThrow('EEXIST');
  await expect(stat(path.join(folder, 'main.js'))).rejects.toThrow('ENOENT');
});

it('a folder is its own, and anything else is none', async () => {
  await writeFile(path.join(folder, 'app.js'), '');
  expect(unpackedFolder(folder)).toBe(folder);
  expect(unpackedFolder(path.join(folder, 'app.js'))).toBeUndefined();
  expect(unpackedFolder(path.join(folder, 'missing.zip'))).toBeUndefined();
});

it('a file that is not a zip file is reported in a sentence', async () => {
  const file = path.join(folder, 'code.zip');
  await writeFile(file, 'text');
  expect(() => unpackedFolder(file)).toThrow(
    `${file} is not a zip file that can be read: invalid zip data. Package it again.`,
  );
});

it('code and layers of a SAM template may be zip files', async () => {
  await zip('code.zip', { 'app.js': handler });
  await zip('layer.zip', { nodejs: { 'shared.js': handler } });
  const own = {
    Runtime: 'nodejs24.x',
    Handler: 'app.handler',
    CodeUri: 'code.zip',
    Layers: [{ Ref: 'Shared' }],
  };
  const template = {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Orders: { Type: 'AWS::Serverless::Function', Properties: own },
      Shared: { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: 'layer.zip' } },
    },
  };
  await writeFile(path.join(folder, 'template.json'), JSON.stringify(template));
  const { assembly } = await readStacks(folder);
  expect(assembly.skipped).toEqual([]);
  const [definition] = assembly.functions;
  await expect(stat(path.join(definition?.codeFolder ?? '', 'app.js'))).resolves.toBeDefined();
  await expect(stat(path.join(definition?.layers?.[0] ?? '', 'nodejs/shared.js'))).resolves.toBeDefined();
});

it('a package of the Serverless Framework has its code beside its template, and its handler may be nested', async () => {
  await zip('shop/.serverless/shop.zip', {
    'src/app.js': strToU8('exports.orders = { handle: async () => 1 };'),
  });
  const code = {
    S3Bucket: { Ref: 'ServerlessDeploymentBucket' },
    S3Key: 'serverless/shop/dev/1-2026/shop.zip',
  };
  const template = {
    Resources: {
      OrdersLambdaFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: code, Handler: 'src/app.orders.handle', Runtime: 'nodejs24.x' },
      },
    },
  };
  const file = path.join(folder, 'shop/.serverless/cloudformation-template-update-stack.json');
  await writeFile(file, JSON.stringify(template));
  const { assembly, stacks } = await readStacks(path.dirname(file));
  expect(assembly.skipped).toEqual([]);
  expect(assembly.functions).toMatchObject([
    { name: 'OrdersLambdaFunction', handler: 'src/app.orders.handle' },
  ]);
  expect(stacks).toMatchObject([{ name: 'shop' }]);
});
