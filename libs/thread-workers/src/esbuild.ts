import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The part of esbuild's plugin interface that is used here, so that esbuild need not be installed to import this. */
interface EsbuildPlugin {
  readonly name: string;
  setup(build: PluginBuild): void;
}

interface PluginBuild {
  readonly initialOptions: { entryPoints?: unknown };
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

/** Entry points as `{ in, out }`: a named one as it is named, a path by its file name, beside the others. */
function asList(entryPoints: unknown): { in: string; out: string }[] {
  if (!Array.isArray(entryPoints)) {
    return Object.entries(entryPoints ?? {}).map(([out, path]) => ({ in: String(path), out }));
  }
  return (entryPoints as (string | { in: string; out: string })[]).map((entry) =>
    typeof entry === 'string'
      ? { in: entry, out: entry.replace(/^.*[/\\]/, '').replace(/\.\w+$/, '') }
      : entry,
  );
}
