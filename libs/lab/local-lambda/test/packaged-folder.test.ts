import { lstatSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { codeVersion, describeFolder, LocalFunction, packagedFolder } from '../src/index.ts';

let workspace: string;
let code: string;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'workspace-'));
  code = path.join(workspace, 'apps/orders');
  await write('apps/orders/index.js', `exports.handler = async () => require('@shop/shared');`);
  await write('packages/shared/index.js', `module.exports = require('./lib/name.js');`);
  await write('packages/shared/lib/name.js', `module.exports = 'shared';`);
});

afterEach(async () => {
  await rm(workspace, { recursive: true });
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
  await writeFile(path.join(workspace, file), text);
}

async function link(target: string, file: string): Promise<void> {
  await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
  await symlink(target, path.join(workspace, file));
}

const shared = 'apps/orders/node_modules/@shop/shared';

describe('a folder with a link to a package of its workspace', () => {
  beforeEach(() => link('../../../../packages/shared', shared));

  it('runs with the package, as from a deployment package', async () => {
    await using local = new LocalFunction(describeFolder(code, {}));
    expect(await local.invoke({})).toMatchObject({ status: 'success', payload: 'shared' });
  });

  it('is copied again when a file of the package has changed', async () => {
    const first = packagedFolder(code);
    expect(packagedFolder(code)).toBe(first);
    await write('packages/shared/lib/name.js', `module.exports = 'changed now';`);
    const second = packagedFolder(code);
    expect(second).not.toBe(first);
    const copied = path.join(second, 'node_modules/@shop/shared/lib/name.js');
    expect(readFileSync(copied, 'utf8')).toContain('changed now');
  });

  it('is copied once where links lead back to it', async () => {
    await link('../../../../apps/orders', 'packages/shared/node_modules/orders/self');
    await link('../..', 'packages/shared/lib/up');
    const copy = packagedFolder(code);
    expect(readFileSync(path.join(copy, 'node_modules/@shop/shared/index.js'), 'utf8')).toContain('name.js');
    expect(lstatSync(path.join(copy, 'node_modules/@shop/shared')).isSymbolicLink()).toBe(false);
  });
});

it('a folder whose links stay within it or lead nowhere is its own', async () => {
  await link('../index.js', 'apps/orders/lib/main.js');
  await link('/nowhere', 'apps/orders/lib/gone.js');
  expect(packagedFolder(code)).toBe(code);
});

it('the version of a folder does not follow links, which may lead back to it', async () => {
  await link('../..', 'apps/orders/lib/up');
  await link('..', 'apps/orders/lib/self');
  await link('/nowhere', 'apps/orders/lib/gone');
  const before = codeVersion(code);
  expect(before?.split('\n')).toHaveLength(4);
  await write('apps/orders/index.js', 'changed');
  expect(codeVersion(code)).not.toBe(before);
});

it('a folder that is a file is a sentence', () => {
  const file = path.join(code, 'index.js');
  expect(() => describeFolder(file, {})).toThrow(`There is no folder ${file}`);
});
