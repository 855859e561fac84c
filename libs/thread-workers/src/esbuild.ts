import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The part of esbuild's plugin interface that is used here, so that esbuild need not be installed to import this. */
interface EsbuildPlugin {
  readonly name: string;
  setup(build: PluginBuild): void;
}

interface BuildOptions {
  entryPoints?: unknown;
  define?: Record<string, string>;
  banner?: Record<string, string>;
  readonly outdir?: string;
  readonly format?: string;
  readonly entryNames?: string;
  readonly outExtension?: Readonly<Record<string, string>>;
}

interface PluginBuild {
  readonly initialOptions: BuildOptions;
  onResolve(options: { filter: RegExp }, callback: () => { path: string; namespace: string }): void;
  onLoad(
    options: { filter: RegExp; namespace: string },
    callback: () => { contents: string; resolveDir: string },
  ): void;
}

/** The name of a module that is made here. */
const threadEntry = 'thread-entry';

/**
 * Defines `require`, which esbuild leaves to the ES module where a CommonJS module calls it for one of Node.js. A version of
 * Node.js that is too old to have `getBuiltinModule` is refused in words a moment later.
 */
const requireBanner =
  "var require = process.getBuiltinModule?.('node:module').createRequire(import.meta.url);";

/**
 * Creates an esbuild plugin that adds the file which threads start from: esbuild does not follow `new URL(…)`, and
 * tinypool looks for its own thread file at `entry/worker.js` beside the bundle. What the thread then runs is part of
 * the same file, since each further file costs a thread a millisecond of its start. The work module stays an entry
 * point of yours.
 *
 * The plugin also gives every output file what CommonJS dependencies use and ES modules lack: `require`, unless your
 * own banner defines it, `__dirname` and `__filename`.
 *
 * @example
 * await build({ entryPoints: ['src/handler.ts', 'src/work.ts'], outdir: 'dist', plugins: [threadEntries()], … });
 *
 * @throws {Error} at the build, when the output would leave threads without a file to start from
 */
export function threadEntries(): EsbuildPlugin {
  return {
    name: 'thread-entries',
    setup(build) {
      checkOptions(build.initialOptions);
      const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
      const thread = fileURLToPath(new URL(`./thread/thread.${extension}`, import.meta.url));
      const tinypool = fileURLToPath(new URL('./entry/worker.js', import.meta.resolve('tinypool')));
      const { initialOptions: options } = build;
      options.entryPoints = [...asList(options.entryPoints), { in: threadEntry, out: 'entry/worker' }];
      defineForCommonJs(options);
      build.onResolve({ filter: new RegExp(`^${threadEntry}$`) }, () => ({
        path: threadEntry,
        namespace: threadEntry,
      }));
      build.onLoad({ filter: /.*/, namespace: threadEntry }, () => ({
        contents: `import ${JSON.stringify(tinypool)}; export { default } from ${JSON.stringify(thread)};`,
        resolveDir: path.dirname(thread),
      }));
    },
  };
}

/** As a list, to which esbuild allows entry points of either kind to be added. */
function asList(entryPoints: unknown): unknown[] {
  if (Array.isArray(entryPoints)) return entryPoints;
  return Object.entries(entryPoints ?? {}).map(([out, path]) => ({ in: String(path), out }));
}

function defineForCommonJs(options: BuildOptions): void {
  options.define = {
    __dirname: 'import.meta.dirname',
    __filename: 'import.meta.filename',
    ...options.define,
  };
  const banner = options.banner?.js;
  // A second declaration would be a syntax error.
  if (banner !== undefined && /\brequire\s*=|\bas\s+require\b/.test(banner)) return;
  const js = banner === undefined ? requireBanner : `${banner}\n${requireBanner}`;
  options.banner = { ...options.banner, js };
}

/** Fails the build where the function could not start its threads. */
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
