import { fileURLToPath } from 'node:url';

/** The part of esbuild's plugin interface that is used here, so that esbuild need not be installed to import this. */
interface EsbuildPlugin {
  readonly name: string;
  setup(build: { readonly initialOptions: { entryPoints?: unknown } }): void;
}

/**
 * An esbuild plugin that adds the files which a thread starts from: esbuild does not follow `new URL(…)`, and
 * tinypool looks for its own thread file at `entry/worker.js` beside the bundle. The work module stays an entry
 * point of yours.
 *
 * @example
 * await build({ entryPoints: ['src/handler.ts', 'src/work.ts'], outdir: 'dist', plugins: [threadEntries()], … });
 */
export function threadEntries(): EsbuildPlugin {
  return {
    name: 'thread-entries',
    setup({ initialOptions }) {
      const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
      const tinypool = new URL('./entry/worker.js', import.meta.resolve('tinypool'));
      initialOptions.entryPoints = [
        ...asList(initialOptions.entryPoints),
        { in: fileURLToPath(new URL(`./thread.${extension}`, import.meta.url)), out: 'thread' },
        { in: fileURLToPath(tinypool), out: 'entry/worker' },
      ];
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
