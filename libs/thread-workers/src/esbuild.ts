import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The part of esbuild's plugin interface that is used here, so that esbuild need not be installed to import this. */
interface EsbuildPlugin {
  readonly name: string;
  setup(build: PluginBuild): void;
}

interface BuildOptions {
  entryPoints?: unknown;
  readonly outdir?: string;
  readonly format?: string;
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
 * An esbuild plugin that adds the file which a thread starts from: esbuild does not follow `new URL(…)`, and
 * tinypool looks for its own thread file at `entry/worker.js` beside the bundle. What the thread then runs is part of
 * the same file, for each further one costs a thread a millisecond of its start. The work module stays an entry point of
 * yours.
 *
 * @example
 * await build({ entryPoints: ['src/handler.ts', 'src/work.ts'], outdir: 'dist', plugins: [threadEntries()], … });
 */
export function threadEntries(): EsbuildPlugin {
  return {
    name: 'thread-entries',
    setup(build) {
      checkOptions(build.initialOptions);
      const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
      const thread = fileURLToPath(new URL(`./thread.${extension}`, import.meta.url));
      const tinypool = fileURLToPath(new URL('./entry/worker.js', import.meta.resolve('tinypool')));
      const { initialOptions: options } = build;
      options.entryPoints = [...asList(options.entryPoints), { in: threadEntry, out: 'entry/worker' }];
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

/** What would leave the function without threads is said by the build. */
function checkOptions({ format, outdir, outExtension }: BuildOptions): void {
  if (!outdir) throw new Error('Threads start from files of their own: set outdir, not outfile');
  if (format !== 'esm')
    throw new Error(`Thread workers need import.meta.url: set format: 'esm', not ${format}`);
  const extension = outExtension?.['.js'] ?? '.js';
  if (extension === '.js') return;
  throw new Error(
    `Threads start from entry/worker.js: leave out outExtension, which makes ${extension} of it`,
  );
}
