/**
 * An esbuild plugin that adds the files from which threads start.
 * @module @parallel-lambda/thread-workers/esbuild
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The part of esbuild's plugin interface that is used here, so that esbuild need not be installed to import this. */
interface EsbuildPlugin {
  readonly name: string;
  setup(build: PluginBuild): Promise<void>;
}

interface BuildOptions {
  entryPoints?: unknown;
  define?: Record<string, string>;
  banner?: Record<string, string>;
  inject?: string[];
  conditions?: string[];
  readonly outdir?: string;
  readonly format?: string;
  readonly entryNames?: string;
  readonly outExtension?: Readonly<Record<string, string>>;
}

interface PluginBuild {
  readonly initialOptions: BuildOptions;
  readonly esbuild: {
    transform(code: string, options: { format: 'esm'; logLevel: 'silent' }): Promise<unknown>;
  };
  onResolve(options: { filter: RegExp }, callback: () => { path: string; namespace: string }): void;
  onLoad(
    options: { filter: RegExp; namespace: string },
    callback: () => { contents: string; resolveDir?: string },
  ): void;
}

/** The names of the modules that this plugin creates. */
const threadEntry = 'thread-entry';
const bannerNames = 'banner-names';

/**
 * Defines `require`, which an ES module lacks and CommonJS modules call for the modules of Node.js. A Node.js that is too old to
 * have `getBuiltinModule` gets a clear error later.
 */
const requireBanner =
  "var require = process.getBuiltinModule?.('node:module').createRequire(import.meta.url);";

/**
 * Creates an esbuild plugin that adds `entry/worker.js`, the file that threads start from: esbuild does not follow `new
 * URL(…)`, and tinypool looks for this file beside the bundle. The file contains everything that a thread runs apart from
 * the work module, because each further file costs a thread a millisecond of its start. The work module must be one of your
 * entry points.
 *
 * The plugin also defines the names that CommonJS dependencies use and ES modules lack, in every output file: `require`,
 * unless your own banner defines it, `__dirname` and `__filename`. Names that your banner declares are not used in the
 * bundle.
 * @example
 * await build({ entryPoints: ['src/handler.ts', 'src/work.ts'], outdir: 'dist', plugins: [threadEntries()], … });
 *
 * @throws {Error} at the build, if threads could not start from its output
 */
export function threadEntries(): EsbuildPlugin {
  return {
    name: 'thread-entries',
    async setup(build) {
      checkOptions(build.initialOptions);
      const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
      const thread = fileURLToPath(new URL(`./thread/thread.${extension}`, import.meta.url));
      const tinypool = fileURLToPath(new URL('./entry/worker.js', import.meta.resolve('tinypool')));
      const { initialOptions: options } = build;
      options.entryPoints = [...asList(options.entryPoints), { in: threadEntry, out: 'entry/worker' }];
      const declared = await namesDeclaredIn(options.banner?.js ?? '', build);
      defineForCommonJs(options, declared);
      reserve(declared, build);
      // Esbuild drops its default when others are set, and would bundle the CommonJS that our packages have for `require`.
      if (options.conditions) options.conditions = [...new Set([...options.conditions, 'module'])];
      addModule(build, threadEntry, {
        contents: `import ${JSON.stringify(tinypool)}; export { default } from ${JSON.stringify(thread)};`,
        resolveDir: path.dirname(thread),
      });
    },
  };
}

/** Returns entry points as a list, in which esbuild allows both kinds. */
function asList(entryPoints: unknown): unknown[] {
  if (Array.isArray(entryPoints)) return entryPoints;
  return Object.entries(entryPoints ?? {}).map(([out, path]) => ({ in: String(path), out }));
}

/** Adds a module that is not a file. */
function addModule(
  build: PluginBuild,
  name: string,
  module: { readonly contents: string; readonly resolveDir?: string },
): void {
  build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
  build.onLoad({ filter: /.*/, namespace: name }, () => module);
}

/** Returns the names that a text declares: a second declaration of one is a syntax error. */
async function namesDeclaredIn(code: string, { esbuild }: PluginBuild): Promise<readonly string[]> {
  const words = [...new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu))];
  const checked = words.map(async (word) => {
    try {
      await esbuild.transform(`${code}\nlet ${word};`, { format: 'esm', logLevel: 'silent' });
      return [];
    } catch (error) {
      return String(error).includes(`"${word}" has already been declared`) ? [word] : [];
    }
  });
  return (await Promise.all(checked)).flat();
}

function defineForCommonJs(options: BuildOptions, declared: readonly string[]): void {
  options.define = {
    __dirname: 'import.meta.dirname',
    __filename: 'import.meta.filename',
    ...options.define,
  };
  if (declared.includes('require')) return;
  const banner = options.banner?.js ?? '';
  options.banner = { ...options.banner, js: banner === '' ? requireBanner : `${banner}\n${requireBanner}` };
}

/**
 * Keeps names free that the banner declares. Esbuild does not read the banner, but gives nothing in a bundle the name of a global:
 * so it gets a function, which it drops, that uses the names as globals.
 */
function reserve(names: readonly string[], build: PluginBuild): void {
  if (names.length === 0) return;
  const { initialOptions: options } = build;
  options.inject = [...(options.inject ?? []), bannerNames];
  addModule(build, bannerNames, { contents: `function use() { [${names.join()}] }` });
}

/** Fails the build if the function could not start its threads. */
function checkOptions({ format, outdir, outExtension, entryNames = '[dir]/[name]' }: BuildOptions): void {
  if (!outdir) throw new Error('Threads start from separate files: set outdir, not outfile.');
  if (format !== 'esm') throw new Error(`Thread workers need ES modules: set format: 'esm', not ${format}.`);
  const extension = outExtension?.['.js'] ?? '.js';
  if (extension !== '.js') {
    throw new Error(
      `Threads start from entry/worker.js: remove outExtension, which changes it to ${extension}.`,
    );
  }
  if (entryNames !== '[dir]/[name]') {
    throw new Error(
      `Threads start from entry/worker.js: set entryNames to '[dir]/[name]', not '${entryNames}'.`,
    );
  }
}
