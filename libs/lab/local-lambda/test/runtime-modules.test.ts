import { cpSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { LocalFunction, type FunctionDefinition } from '../src/index.ts';
import { isolation } from '../src/sandbox/isolation.ts';
import { definition } from './definition.ts';
import { runtimes } from './runtimes.ts';

describe.for(runtimes)('on $name', ({ options, skip }) => {
  /** Writes files, and invokes the function in the folder `code`. */
  async function run(
    files: Readonly<Record<string, string>>,
    changes: (folder: string) => Partial<FunctionDefinition> = () => ({}),
  ): Promise<unknown> {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'modules-'));
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder.path, file)), { recursive: true });
      await writeFile(path.join(folder.path, file), content);
    }
    const codeFolder = path.join(folder.path, 'code');
    const described = definition('', 'index.handler', { codeFolder, ...changes(folder.path) });
    await using local = new LocalFunction(described, options);
    const result = await local.invoke({});
    return result.status === 'success' ? result.payload : result.error.errorMessage;
  }

  const commonJs = `const { SQSClient } = require('@aws-sdk/client-sqs'); exports.handler = async () => SQSClient.name;`;
  const module = `import { SQSClient } from '@aws-sdk/client-sqs'; export const handler = async () => SQSClient.name;`;

  describe.skipIf(skip || !isolation().isolated)('a function', () => {
    it('that leaves the AWS SDK out has that of the runtime', async () => {
      expect(await run({ 'code/index.js': commonJs })).toBe('SQSClient');
      expect(await run({ 'code/index.mjs': module })).toBe('SQSClient');
    });

    it('that SAM built has the AWS SDK beside its sources', async () => {
      const client = '@aws-sdk/client-of-a-project';
      const files = {
        'code/index.js': `exports.handler = async () => require('${client}');`,
        [`src/node_modules/${client}/index.js`]: `module.exports = 'of the sources';`,
      };
      const built = (folder: string): Partial<FunctionDefinition> => {
        const build = path.join(folder, '.aws-sam/build');
        cpSync(path.join(folder, 'code'), path.join(build, 'Orders'), { recursive: true });
        const toml = `[function_build_definitions.1]\ncodeuri = "${folder}/src"\nruntime = "nodejs24.x"\n`;
        writeFileSync(path.join(folder, '.aws-sam/build.toml'), toml);
        return { codeFolder: path.join(build, 'Orders') };
      };
      expect(await run(files, built)).toBe('of the sources');
    });

    it('that brings its own has its own', async () => {
      const own = {
        'code/node_modules/@aws-sdk/client-sqs/index.js': 'exports.SQSClient = { name: "own" };',
      };
      expect(await run({ 'code/index.js': commonJs, ...own })).toBe('own');
    });

    it('does not see other packages installed beside the AWS SDK', async () => {
      const other = `require('vitest/package.json'); exports.handler = async () => 1;`;
      expect(await run({ 'code/index.js': other })).toMatch(/Cannot find module 'vitest/);
    });

    it('has its layers at /opt, the last above the others', async () => {
      const files = {
        'code/index.js': `exports.handler = async () => [require('shared'), require('fs').readFileSync('/opt/name', 'utf8')];`,
        'one/nodejs/node_modules/shared/index.js': `module.exports = 'of the first';`,
        'one/name': 'first',
        'two/name': 'second',
      };
      const layers = (folder: string) => ({ layers: [path.join(folder, 'one'), path.join(folder, 'two')] });
      expect(await run(files, layers)).toEqual(['of the first', 'second']);
      const onlyOne = (folder: string) => ({ layers: [path.join(folder, 'one')] });
      expect(await run(files, onlyOne)).toEqual(['of the first', 'first']);
    });
  });
});
