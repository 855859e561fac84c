/** The parts of a library's `package.json` that are read here; the others are copied. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly engines?: { readonly node: string };
  readonly exports: string | Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly sideEffects?: boolean | readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The sources that a library exports, by the names under which they are imported: `.`, `./technique`. */
export function entries({ exports }: Manifest): Readonly<Record<string, string>> {
  return typeof exports === 'string' ? { '.': exports } : exports;
}

/**
 * The manifest that is published: the library's own, with the compiled modules in place of the sources, and without
 * what only the workspace needs.
 *
 * @param manifest the library's
 * @param directory the library's folder in the repository: npm resolves the README's links by it
 * @param repository `owner/name` on GitHub, which npm compares with the provenance; as in `GITHUB_REPOSITORY`
 */
export function publishedManifest(manifest: Manifest, directory: string, repository?: string): object {
  const published = Object.entries(manifest).filter(([key]) => !['nx', 'devDependencies'].includes(key));
  const { bin, sideEffects, peerDependencies } = manifest;
  return {
    ...Object.fromEntries(published),
    ...(repository !== undefined && links(repository, directory)),
    // For tools that do not support `exports`, such as TypeScript's `node10` resolution.
    main: './index.cjs',
    types: './index.d.cts',
    exports: { ...mapValues(entries(manifest), conditions), './package.json': './package.json' },
    ...(bin && { bin: mapValues(bin, (source) => compiled(source, 'js')) }),
    ...(Array.isArray(sideEffects) && { sideEffects: sideEffects.flatMap(everyForm) }),
    ...(peerDependencies && { peerDependencies: mapValues(peerDependencies, upToNextMajor) }),
    files: ['**/*.js', '**/*.cjs', '**/*.mjs', '**/*.d.ts', '**/*.d.cts', '**/*.d.mts'],
  };
}

/** Returns the links of a package's folder in a repository on GitHub. */
export function links(repository: string, directory: string): object {
  const url = `https://github.com/${repository}`;
  return {
    repository: { type: 'git', url: `git+${url}.git`, directory },
    homepage: `${url}/tree/main/${directory}#readme`,
    bugs: `${url}/issues`,
  };
}

/**
 * Returns the file that is loaded: the ES module by bundlers (for `require` too, so that a bundle has one copy), CommonJS by
 * `require`, and its wrapper by `import`. TypeScript finds the declarations beside each file.
 */
function conditions(source: string): object {
  return {
    module: compiled(source, 'js'),
    require: compiled(source, 'cjs'),
    default: compiled(source, 'mjs'),
  };
}

function everyForm(source: string): readonly string[] {
  return ['js', 'cjs'].map((extension) => compiled(source, extension));
}

/** The packages of one release have the same version, which is exact in the workspace. */
function upToNextMajor(range: string): string {
  return /^\d/.test(range) ? `^${range}` : range;
}

function compiled(source: string, extension: string): string {
  return source.replace(/^\.\/src\//, './').replace(/\.ts$/, `.${extension}`);
}

function mapValues<Value>(
  record: Readonly<Record<string, string>>,
  map: (value: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
