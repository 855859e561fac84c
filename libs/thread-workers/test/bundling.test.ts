import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type BuildOptions, type Plugin } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { threadEntries } from '../src/esbuild.ts';
import { threadHooks, type ThreadHooksOptions } from '../src/nodejs-function.ts';

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

const oneMessage = {
  messageId: 'm0',
  body: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:queue',
};

/** Loads the bundle as Lambda does, waits for its threads and processes a message. */
function start(handler = path.join(folder, 'handler.js')): { status: number | null; said: string } {
  const script = `import(${JSON.stringify(handler)}).then(async ({ ready, handler }) => {
    await ready;
    const { batchItemFailures } = await handler({ Records: [${JSON.stringify(oneMessage)}] });
    console.log(batchItemFailures.length === 0 ? 'processed' : 'failed');
    process.exit(0);
  })`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const commonJsWork = file('./fixtures/bundled/commonjs-work.ts');
const handlerAndCommonJsWork = [
  { in: file('./fixtures/bundled/handler.ts'), out: 'handler' },
  { in: commonJsWork, out: 'work' },
];

describe('a bundle', () => {
  it('starts with what the plugin adds to it', async () => {
    await bundle();
    expect(start().said).toBe('processed\n');
  });

  it.each<[string, BuildOptions]>([
    ['no banner', {}],
    ['another banner', { banner: { js: '// mine' } }],
    ['a banner that mentions require', { banner: { js: '/* require = nothing */' } }],
    ...[
      "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      "import * as m from 'node:module'; const { require } = { require: m.createRequire(import.meta.url) };",
      "import * as m from 'node:module'; function require(id) { return m.createRequire(import.meta.url)(id); }",
      "import * as m from 'node:module'; var a, require = m.createRequire(import.meta.url);",
    ].map((js): [string, BuildOptions] => [`a banner that defines require: ${js}`, { banner: { js } }]),
    [
      'a banner that imports what the bundle imports too',
      {
        banner: {
          js: "import { fileURLToPath } from 'node:url'; import path from 'node:path'; var here = path.dirname(fileURLToPath(import.meta.url)), emitter;",
        },
      },
    ],
    [
      'a banner with short names, minified',
      { minify: true, banner: { js: `var ${'abcdefghijklmnopqrstuvwxyz'.split('').join()};` } },
    ],
    ['minified, with definitions', { minify: true, define: { STAGE: '"test"' } }],
  ])('loads work with CommonJS dependencies: %s', async (_, options) => {
    await bundle({ entryPoints: handlerAndCommonJsWork, ...options });
    expect(start().said).toBe('processed\n');
  });

  it('resolves packages as ES modules, also if it has conditions', async () => {
    let conditions: readonly string[] | undefined;
    const see: Plugin = {
      name: 'see',
      setup: ({ initialOptions }) => {
        conditions = initialOptions.conditions;
      },
    };
    await bundle({ conditions: ['production'], plugins: [threadEntries(), see] });
    expect(conditions).toEqual(['production', 'module']);
  });

  it.each([
    [
      'entry/worker.js',
      [/BundleError: Cannot find .*entry\/worker\.js, which threads start from/, /threadEntries/],
    ],
    ['work.js', [/InvalidOptionError: Cannot find the work module .*work\.js/, /entry point/]],
  ])('reports in INIT that %s is missing', async (missing, messages) => {
    await bundle();
    rmSync(path.join(folder, missing));
    const { status, said } = start();
    expect(status).toBe(1);
    for (const message of messages) expect(said).toMatch(message);
  });

  it('reports in INIT that it must not be CommonJS', async () => {
    await bundle({ format: 'cjs', plugins: [], outExtension: { '.js': '.cjs' } });
    const { status, said } = start(path.join(folder, 'handler.cjs'));
    expect(status).toBe(1);
    expect(said).toMatch(/BundleError: Thread workers cannot run as CommonJS/);
  });

  it.each<[string, BuildOptions, RegExp]>([
    ['CommonJS', { format: 'cjs' }, /set format: 'esm', not cjs/],
    ['.mjs files', { outExtension: { '.js': '.mjs' } }, /remove outExtension, which changes it to \.mjs/],
    ['files with a hash', { entryNames: '[name]-[hash]' }, /set entryNames to '\[dir\]\/\[name\]'/],
    [
      'one file',
      { outdir: '', outfile: 'handler.js', entryPoints: ['handler.ts'] },
      /set outdir, not outfile/,
    ],
  ])('is refused by the plugin if it has %s', async (_, options, message) => {
    await expect(bundle(options)).rejects.toThrow(message);
  });
});

describe('thread-workers bundle', () => {
  const command = file('../src/bundling/command.ts');
  const work = file('./fixtures/bundled/work.ts');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8' });

  beforeEach(() => bundle({ entryPoints: [file('./fixtures/bundled/handler.ts')], plugins: [] }));

  it('writes the files that a handler of any bundler needs beside it', () => {
    run('bundle', work, `--outdir=${folder}`, '--minify');
    expect(start().said).toBe('processed\n');
    expect(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))).toEqual({ type: 'module' });
  });

  it('keeps an existing manifest', () => {
    cpSync(file('../package.json'), path.join(folder, 'package.json'));
    run('bundle', work, `--outdir=${folder}`);
    expect(readFileSync(path.join(folder, 'package.json'), 'utf8')).toContain(
      '@parallel-lambda/thread-workers',
    );
  });

  it.each([
    [['bundle', '--outdir=out'], 'The work module or --outdir=<folder> is missing'],
    [['bundle', work], 'The work module or --outdir=<folder> is missing'],
    [['bundle', 'not-there.ts', '--outdir=out'], 'Cannot find the work module'],
    [['bundle', work, '--outdir=out', '--nonsense'], 'nonsense'],
    [['bundle', work, '--outdir=out', '--format=cjs'], "set format: 'esm', not cjs"],
    [[work, '--outdir=out'], 'Unknown command'],
    [[], 'Unknown command (none): expected bundle'],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(existsSync(path.join(folder, 'out'))).toBe(false);
  });
});

describe("the hooks for CDK's NodejsFunction", () => {
  const work = file('./fixtures/bundled/work.ts');
  const afterBundling = (options: Partial<ThreadHooksOptions> = {}, input = '/in', output = folder) =>
    threadHooks({ work, ...options }).afterBundling(input, output);

  it('bundle the threads beside the handler, with the options of the handler', async () => {
    await bundle({ entryPoints: [file('./fixtures/bundled/handler.ts')], plugins: [] });
    const [command = ''] = afterBundling({
      work: commonJsWork,
      minify: true,
      sourceMap: true,
      banner: "// it's mine",
      define: { STAGE: '"test"' },
      loader: { '.sql': 'text' },
      esbuildArgs: { '--log-limit': '0', '--tree-shaking': true, '--drop': ['debugger'] },
    });
    execFileSync('bash', ['-c', command], { cwd: folder });
    renameSync(path.join(folder, 'commonjs-work.js'), path.join(folder, 'work.js'));
    expect(start().said).toBe('processed\n');
    const bundled = readFileSync(path.join(folder, 'work.js'), 'utf8');
    expect(bundled).toContain("// it's mine");
    expect(bundled).toContain('sourceMappingURL');
  });

  it('run their own program from where it is installed, and do not ask a registry for it', () => {
    expect(afterBundling()[0]).toContain(`node ${file('../src/bundling/command.ts')} bundle ${work} `);
  });

  it.each<[Partial<ThreadHooksOptions>, string[]]>([
    [{}, ['@aws-sdk/*', '@smithy/*']],
    [{ externalModules: ['sharp'], nodeModules: ['pg'] }, ['@aws-sdk/*', '@smithy/*', 'sharp', 'pg']],
    [{ bundleAwsSDK: true, nodeModules: ['pg'] }, ['pg']],
    [{ externalModules: [] }, []],
  ])('leave out for %j: %j', (options, externals) => {
    const [command = ''] = afterBundling(options);
    expect([...command.matchAll(/'?--external:([^' ]*)/g)].map(([, name]) => name)).toEqual(externals);
  });

  it('use the paths of the Docker container', () => {
    const [command] = afterBundling({ projectRoot: file('..') }, '/asset-input', '/asset-output');
    expect(command).toMatch(
      /^node \/asset-input\/src\/bundling\/command\.ts bundle \/asset-input\/test\/fixtures\/bundled\/work\.ts --outdir=\/asset-output /,
    );
  });

  it('run after your hooks', () => {
    const own = (name: string) => (input: string, output: string) => [`${name} ${input} ${output}`];
    const commandHooks = {
      beforeBundling: own('a'),
      beforeInstall: own('b'),
      afterBundling: own('c'),
    };
    const hooks = threadHooks({ work, commandHooks });
    expect(hooks.beforeBundling('in', 'out')).toEqual(['a in out']);
    expect(hooks.beforeInstall('in', 'out')).toEqual(['b in out']);
    expect(hooks.afterBundling('in', 'out')).toEqual(['c in out', expect.stringContaining('bundle')]);
  });

  it.each<[Partial<ThreadHooksOptions>, string]>([
    [{ work: 'not-there.ts' }, 'Cannot find the work module'],
    [{ format: 'cjs' }, 'set format to OutputFormat.ESM, not cjs'],
  ])('refuse %j', (options, message) => {
    expect(() => threadHooks({ work, ...options })).toThrow(message);
  });
});
