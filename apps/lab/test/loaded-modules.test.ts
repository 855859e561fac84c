import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, it } from 'vitest';

const source = (file: string): string =>
  pathToFileURL(path.resolve(import.meta.dirname, '../src', file)).href;

/** Returns the packages outside of this workspace that a module loads, in a separate process. */
function packagesOf(module: string): readonly string[] {
  const script = `import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({ load: (url, context, next) => (loaded.add(url), next(url, context)) });
    process.argv = [process.execPath, 'lab', '--help'];
    await import('${module}');
    const names = [...loaded].map((url) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]);
    console.error(JSON.stringify([...new Set(names.filter(Boolean))]));`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  return JSON.parse(stderr) as readonly string[];
}

it('the help loads nothing but what parses the command line', () => {
  expect(packagesOf(source('run-program.ts'))).toEqual(['commander']);
});

it('a command that serves a stack loads no charts', () => {
  const packages = packagesOf(source('serve/run.ts'));
  expect(packages).toContain('fauxqs');
  expect(packages).not.toContain('echarts');
  expect(packages).not.toContain('open');
});
