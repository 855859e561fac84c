/** The parts of a library's `package.json` that are read here; the others are copied. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: string | Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly sideEffects?: boolean | readonly string[];
}

/**
 * The manifest that is published: the library's own, with the compiled modules in place of the sources, and without
 * what only the workspace needs.
 *
 * @param manifest the library's
 * @param directory the library's folder in the repository: npm resolves the README's links by it
 * @param repository `owner/name` on GitHub, which npm holds against the provenance; as in `GITHUB_REPOSITORY`
 */
export function publishedManifest(manifest: Manifest, directory: string, repository?: string): object {
  const published = Object.entries(manifest).filter(([key]) => !['nx', 'devDependencies'].includes(key));
  const entries = typeof manifest.exports === 'string' ? { '.': manifest.exports } : manifest.exports;
  return {
    ...Object.fromEntries(published),
    ...(repository !== undefined && {
      repository: { type: 'git', url: `git+https://github.com/${repository}.git`, directory },
    }),
    exports: {
      ...Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, compiled(source)])),
      './package.json': './package.json',
    },
    ...(manifest.bin && {
      bin: Object.fromEntries(
        Object.entries(manifest.bin).map(([name, source]) => [name, compiled(source).default]),
      ),
    }),
    ...(Array.isArray(manifest.sideEffects) && {
      sideEffects: (manifest.sideEffects as readonly string[]).map((file) => compiled(file).default),
    }),
    files: ['**/*.js', '**/*.d.ts'],
  };
}

/** Declarations first: the first condition that fits is taken. No `import` condition: `require` takes modules too. */
function compiled(source: string): { readonly types: string; readonly default: string } {
  const module = source.replace(/^\.\/src\//, './').replace(/\.ts$/, '');
  return { types: `${module}.d.ts`, default: `${module}.js` };
}
