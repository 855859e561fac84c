/**
 * Bundles threads with `NodejsFunction` of CDK.
 * @module @parallel-lambda/thread-workers/nodejs-function
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The commands that CDK's `NodejsFunction` runs around its own bundling: `ICommandHooks` of `aws-lambda-nodejs`. */
interface CommandHooks {
  beforeBundling(inputDir: string, outputDir: string): string[];
  beforeInstall(inputDir: string, outputDir: string): string[];
  afterBundling(inputDir: string, outputDir: string): string[];
}

/**
 * Options for `threadHooks`: the work module, and the `bundling` options of the `NodejsFunction`, which keep their
 * names and their meaning. `BundlingOptions` of `aws-lambda-nodejs` that are not listed do not concern threads.
 */
export interface ThreadHooksOptions {
  /** The work module. Like `entry` of the `NodejsFunction`, a relative path starts at the current folder. */
  readonly work: string;
  /**
   * The root of the project, for bundling in Docker: `projectRoot` of the `NodejsFunction`.
   * @default the closest parent of the current folder that has a lock file
   */
  readonly projectRoot?: string;
  /** Your own hooks, which run first. */
  readonly commandHooks?: CommandHooks;
  /** Must be `OutputFormat.ESM` where it is set. */
  readonly format?: string;
  /**
   * Minifies the bundle.
   * @default false
   */
  readonly minify?: boolean;
  /**
   * Writes a source map.
   * @default false
   */
  readonly sourceMap?: boolean;
  /** The kind of source map: `SourceMapMode`. */
  readonly sourceMapMode?: string;
  /**
   * Includes the sources in the source map.
   * @default true
   */
  readonly sourcesContent?: boolean;
  /**
   * The oldest runtime that the bundle runs on.
   * @default 'node22'
   */
  readonly target?: string;
  /** The loaders of esbuild, by the extension of a file. */
  readonly loader?: Readonly<Record<string, string>>;
  /** The log level of esbuild. */
  readonly logLevel?: string;
  /** Keeps the names of functions and classes in a minified bundle. */
  readonly keepNames?: boolean;
  /** The path of the `tsconfig.json`. */
  readonly tsconfig?: string;
  /** Text before the code. */
  readonly banner?: string;
  /** Text after the code. */
  readonly footer?: string;
  /** The character set of the output. */
  readonly charset?: string;
  /** Expressions that replace global identifiers. */
  readonly define?: Readonly<Record<string, string>>;
  /** The fields of a `package.json` in which the entry of a package is looked up. */
  readonly mainFields?: readonly string[];
  /** Files that are added to every module. */
  readonly inject?: readonly string[];
  /** Other arguments of esbuild. */
  readonly esbuildArgs?: Readonly<Record<string, string | boolean | readonly string[]>>;
  /**
   * Modules that the bundle leaves out, in addition to the AWS SDK, which is part of Lambda's runtime. An empty list
   * bundles the AWS SDK too.
   */
  readonly externalModules?: readonly string[];
  /** Bundles the AWS SDK. @default false */
  readonly bundleAwsSDK?: boolean;
  /** Modules that are installed beside the bundle instead. */
  readonly nodeModules?: readonly string[];
}

/** Path of the project in Docker, where CDK mounts it: `AssetStaging.BUNDLING_INPUT_DIR`. */
const dockerInput = '/asset-input';

/** Arguments of esbuild that take a key and can be repeated. */
const repeatable = ['--alias', '--drop', '--pure', '--log-override', '--out-extension'];

const awsSdk = ['@aws-sdk/*', '@smithy/*'];
const lockFiles = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb', 'package-lock.json'];

/**
 * Creates command hooks for CDK's `NodejsFunction`, which bundles one file and takes no esbuild plugins. After CDK has
 * bundled the handler, the hooks add the work module and the file that threads start from.
 *
 * @example
 * const bundling = { format: OutputFormat.ESM, minify: true };
 * new NodejsFunction(this, 'Orders', {
 *   entry: 'src/handler.ts',
 *   bundling: { ...bundling, commandHooks: threadHooks({ ...bundling, work: 'src/work.ts' }) },
 * });
 *
 * @throws {Error} when there is no such work module, or when `format` is not `OutputFormat.ESM`
 */
export function threadHooks(options: ThreadHooksOptions): CommandHooks {
  const { work, format = 'esm', commandHooks } = options;
  if (format !== 'esm') {
    throw new Error(`Thread workers need ES modules: set format to OutputFormat.ESM, not ${format}.`);
  }
  if (!existsSync(work)) throw new Error(`Cannot find the work module ${path.resolve(work)}.`);
  return {
    beforeBundling: (...folders) => commandHooks?.beforeBundling(...folders) ?? [],
    beforeInstall: (...folders) => commandHooks?.beforeInstall(...folders) ?? [],
    afterBundling: (inputDir, outputDir) => [
      ...(commandHooks?.afterBundling(inputDir, outputDir) ?? []),
      bundleCommand(options, inputDir, outputDir),
    ],
  };
}

function bundleCommand(options: ThreadHooksOptions, inputDir: string, outputDir: string): string {
  const inDocker = inputDir === dockerInput;
  const root = path.resolve(options.projectRoot ?? rootOf(process.cwd()));
  /** Returns the path of a file where the command runs. */
  const there = (file: string): string =>
    inDocker
      ? path.posix.join(inputDir, path.relative(root, path.resolve(file)).replaceAll(path.sep, '/'))
      : path.resolve(file);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const program = fileURLToPath(new URL(`./bundling/command.${extension}`, import.meta.url));
  const words = [
    ...['node', there(program), 'bundle', there(options.work), `--outdir=${outputDir}`],
    ...flagsOf(options, there),
  ];
  return words.map((word) => quoted(word, !inDocker && process.platform === 'win32')).join(' ');
}

/** The flags that `NodejsFunction` gives to esbuild for the handler. */
function flagsOf(options: ThreadHooksOptions, there: (file: string) => string): string[] {
  const { externalModules, nodeModules = [], bundleAwsSDK, esbuildArgs = {}, sourceMapMode } = options;
  const { target = 'node22', tsconfig, banner, footer, logLevel, charset, mainFields, inject = [] } = options;
  const sdk = bundleAwsSDK || externalModules?.length === 0 ? [] : awsSdk;
  const externals = new Set([...sdk, ...(externalModules ?? []), ...nodeModules]);
  const valued = {
    ...{ target, charset, 'log-level': logLevel, 'main-fields': mainFields?.join(',') },
    ...{ tsconfig: tsconfig && there(tsconfig), 'banner:js': banner, 'footer:js': footer },
  };
  const given = Object.entries(valued).filter(([, value]) => value !== undefined);
  const sourceMap = sourceMapMode === undefined || sourceMapMode === 'default' ? '' : `=${sourceMapMode}`;
  return [
    ...given.map(([name, value]) => `--${name}=${value ?? ''}`),
    ...(options.minify ? ['--minify'] : []),
    ...(options.keepNames ? ['--keep-names'] : []),
    ...(options.sourceMap || sourceMapMode ? [`--sourcemap${sourceMap}`] : []),
    ...(options.sourcesContent === false ? ['--sources-content=false'] : []),
    ...[...externals].map((name) => `--external:${name}`),
    ...keyed('loader', options.loader),
    ...keyed('define', options.define),
    ...inject.map((file) => `--inject:${there(file)}`),
    ...Object.entries(esbuildArgs).flatMap(([name, value]) => argumentsOf(name, value)),
  ];
}

function keyed(name: string, values: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(values).map(([key, value]) => `--${name}:${key}=${value}`);
}

/** Converts `esbuildArgs` in the same way as `NodejsFunction`. */
function argumentsOf(name: string, value: string | boolean | readonly string[]): string[] {
  if (typeof value === 'object') return value.map((item) => `${name}:${item}`);
  if (value === false) return [];
  if (value === true || value === '') return [name];
  return [repeatable.includes(name) ? `${name}:${value}` : `${name}=${value}`];
}

/** The closest folder with a lock file, as `NodejsFunction` finds the root of a project. */
function rootOf(folder: string): string {
  if (lockFiles.some((file) => existsSync(path.join(folder, file)))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? process.cwd() : rootOf(parent);
}

/** Quotes an argument of a shell command: for `bash`, or for `cmd` on Windows. */
function quoted(word: string, forCmd: boolean): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return forCmd ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
