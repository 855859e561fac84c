import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type BuildOptions } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { threadEntries } from '../src/esbuild.ts';
import { threadHooks } from '../src/nodejs-function.ts';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function bundle(options: BuildOptions = {}): Promise<unknown> {
  return build({
    entryPoints: [file('./fixtures/bundled/handler.ts'), file('./fixtures/bundled/work.ts')],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outExtension: {},
    logLevel: 'silent',
    plugins: [threadEntries()],
    ...options,
  });
}

/** Loads the bundle as Lambda does, and awaits its threads. */
function start(handler = path.join(folder, 'handler.js')): { status: number | null; said: string } {
  const script = `import(${JSON.stringify(handler)}).then(async ({ ready }) => { await ready; console.log('started'); process.exit(0); })`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe('a bundle', () => {
  it('starts with what the plugin adds to it', async () => {
    await bundle();
    expect(start().said).toBe('started\n');
  });

  it.each([
    [
      'entry/worker.js',
      [/BundleError: There is no .*entry\/worker\.js for threads to start from/, /threadEntries/],
    ],
    ['work.js', [/InvalidOptionError: There is no work module .*work\.js/, /entry point/]],
  ])('says while it starts that %s is missing', async (missing, messages) => {
    await bundle();
    rmSync(path.join(folder, missing));
    const { status, said } = start();
    expect(status).toBe(1);
    for (const message of messages) expect(said).toMatch(message);
  });

  it('says while it starts that CommonJS will not do', async () => {
    await bundle({ format: 'cjs', plugins: [], outExtension: { '.js': '.cjs' } });
    const { status, said } = start(path.join(folder, 'handler.cjs'));
    expect(status).toBe(1);
    expect(said).toMatch(/BundleError: Thread workers cannot run as CommonJS/);
  });

  it.each<[string, BuildOptions, RegExp]>([
    ['CommonJS', { format: 'cjs' }, /set format: 'esm', not cjs/],
    ['.mjs files', { outExtension: { '.js': '.mjs' } }, /leave out outExtension, which makes \.mjs/],
    [
      'one file',
      { outdir: '', outfile: 'handler.js', entryPoints: ['handler.ts'] },
      /set outdir, not outfile/,
    ],
  ])('is refused by the plugin as %s', async (_, options, message) => {
    await expect(bundle(options)).rejects.toThrow(message);
  });
});

describe('bundle-threads', () => {
  const command = file('../src/bundle-threads.ts');

  it('writes what a handler of any bundler needs beside it', async () => {
    await bundle({ entryPoints: [file('./fixtures/bundled/handler.ts')], plugins: [] });
    execFileSync(process.execPath, [
      command,
      file('./fixtures/bundled/work.ts'),
      '--outdir',
      folder,
      '--minify',
    ]);
    expect(start().said).toBe('started\n');
    expect(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))).toEqual({ type: 'module' });
  });

  it('keeps a manifest that is there', () => {
    cpSync(file('../package.json'), path.join(folder, 'package.json'));
    execFileSync(process.execPath, [command, file('./fixtures/bundled/work.ts'), '--outdir', folder]);
    expect(readFileSync(path.join(folder, 'package.json'), 'utf8')).toContain(
      '@parallel-lambda/thread-workers',
    );
  });

  it.each([
    [['--outdir', 'out'], 'The work module or --outdir is missing'],
    [['not-there.ts', '--outdir', 'out'], 'There is no work module'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(existsSync(path.join(folder, 'out'))).toBe(false);
  });
});

it("the hooks for CDK's NodejsFunction bundle the threads beside the handler", () => {
  const hooks = threadHooks({ work: 'src/work.ts', minify: true, externalModules: ['sharp'] });
  expect(hooks.afterBundling('/in', '/out')).toEqual([
    'npx --no-install bundle-threads "/in/src/work.ts" --outdir "/out" --minify --external "sharp"',
  ]);
});
