import { createHash } from 'node:crypto';
import { isBuiltin } from 'node:module';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import remapping from '@jridgewell/remapping';

/**
 * The build of a Lambda function that its Nx target does not express. Every function shares it, so that
 * a comparison of two functions compares their techniques.
 *
 * @param {import('esbuild').Plugin[]} plugins what this function needs beyond the others
 * @returns {import('esbuild').BuildOptions}
 */
export function functionBuild(plugins = []) {
  return {
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    plugins: [...plugins, lateModules(), usedBuiltins(), ownSourceMaps(), recordInputs()],
  };
}

/** What a dependency imports of Node for what our functions never do: loaded if they do it all the same. */
const lazyBuiltins = {
  'node:assert': `
    const assert = () => process.getBuiltinModule('node:assert');
    export default Object.assign((value, message) => { if (!value) assert().ok(value, message); }, {
      strictEqual: (...values) => { if (values[0] !== values[1]) assert().strictEqual(...values); },
      notStrictEqual: (...values) => { if (values[0] === values[1]) assert().notStrictEqual(...values); },
    });`,
  // Tinypool takes differences of it, and reading the real one takes 0.6 ms of a start.
  'node:perf_hooks': `
    export const performance = { now: () => Number(process.hrtime.bigint()) / 1e6 };`,
  'node:child_process': `
    export const fork = (...args) => process.getBuiltinModule('node:child_process').fork(...args);`,
};

/** Packages that only some messages need, and that take long to read. */
const late = ['bcryptjs'];

/**
 * Leaves them to files of their own beside those that import them by `import()`, which reads them when it is reached. As
 * part of the bundle they would be read at every start: half a millisecond of it, and one where threads start, each of
 * which reads them for itself.
 *
 * @returns {import('esbuild').Plugin}
 */
function lateModules() {
  return {
    name: 'late-modules',
    setup(build) {
      const { initialOptions: options } = build;
      options.metafile = true;
      build.onResolve({ filter: new RegExp(`^(${late.join('|')})$`) }, ({ path: name, kind }) =>
        kind === 'dynamic-import' ? { path: fileOf(name), external: true } : undefined,
      );
      build.onEnd(async ({ metafile }) => {
        const { absWorkingDir = process.cwd(), minify, format, platform, target, legalComments } = options;
        const lateFiles = late.map(fileOf);
        // Several files of a folder may import the same one.
        const imported = new Set(
          Object.entries(metafile?.outputs ?? {}).flatMap(([output, { imports }]) =>
            imports
              .filter(({ path: file }) => lateFiles.includes(file))
              .map(({ path: file }) => path.resolve(absWorkingDir, path.dirname(output), file)),
          ),
        );
        const shared = { absWorkingDir, minify, format, platform, target, legalComments };
        const builds = [...imported].map((outfile) => {
          const entryPoints = [path.basename(outfile, '.js')];
          return build.esbuild.build({
            ...shared,
            bundle: true,
            entryPoints,
            outfile,
            plugins: [usedBuiltins()],
          });
        });
        await Promise.all(builds);
      });
    },
  };
}

/** @param {string} name of a package */
function fileOf(name) {
  return `./${name}.js`;
}

/**
 * Takes from Node's own modules just what is used. An import of one evaluates every getter of its exports, which
 * loads what nobody asked for: 5 ms of every cold start for `node:util`, 2.5 ms for `node:fs`.
 *
 * @returns {import('esbuild').Plugin}
 */
function usedBuiltins() {
  return {
    name: 'used-builtins',
    setup(build) {
      build.onResolve({ filter: /^[a-z:_/]+$/ }, ({ path: name, kind }) => {
        const namespace = kind === 'dynamic-import' ? 'late-builtin' : 'builtin';
        return isBuiltin(name) ? { path: name, namespace, sideEffects: false } : undefined;
      });
      // As a CommonJS module its exports are read one by one, when they are used.
      build.onLoad({ filter: /.*/, namespace: 'late-builtin' }, ({ path: name }) => ({
        contents: `module.exports = process.getBuiltinModule('${name}');`,
      }));
      build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path: name }) => ({
        contents: lazyBuiltins[name] ?? usedModule(name),
      }));
    },
  };
}

/** Every export by a constant of its own, which esbuild drops where nothing uses it. */
function usedModule(name) {
  const names = Object.keys(process.getBuiltinModule(name)).filter(
    (key) => /^[a-zA-Z_]\w*$/.test(key) && key !== 'default',
  );
  return [
    `const builtin = /* @__PURE__ */ process.getBuiltinModule('${name}');`,
    'export default builtin;',
    ...names.map(
      (key) => `const $${key} = /* @__PURE__ */ (() => builtin.${key})(); export { $${key} as ${key} };`,
    ),
  ].join('\n');
}

const dependency = /node_modules\/|^[\w-]+:/;

/** Traces every place of a file to nowhere, for as many lines as a file may have. */
const nowhere = { version: 3, sources: [], names: [], mappings: Array(50_000).fill([[0]]) };

/**
 * Leaves the dependencies out of the source maps, of which they were half: a stack names our code by file and line,
 * and theirs by its place in the bundle.
 *
 * @returns {import('esbuild').Plugin}
 */
function ownSourceMaps() {
  return {
    name: 'own-source-maps',
    setup(build) {
      const { initialOptions: options } = build;
      options.metafile = true;
      build.onEnd(async ({ metafile }) => {
        const files = Object.keys(metafile?.outputs ?? {}).filter((file) => file.endsWith('.map'));
        const maps = files.map((file) => path.resolve(options.absWorkingDir ?? process.cwd(), file));
        await Promise.all(maps.map(leaveDependenciesOut));
      });
    },
  };
}

/** @param {string} file a source map */
async function leaveDependenciesOut(file) {
  const map = await readFile(file, 'utf8');
  const own = remapping(map, (source) => (dependency.test(source) ? nowhere : null), true);
  await writeFile(file, own.toString());
}

/**
 * Writes `dist.inputs.json` beside the output folder: the workspace's own files that went into the build,
 * each with its SHA-256. By it the lab tells a stale build without asking Nx, which takes a second.
 *
 * @returns {import('esbuild').Plugin}
 */
function recordInputs() {
  return {
    name: 'record-inputs',
    setup(build) {
      const { initialOptions: options } = build;
      options.metafile = true;
      const root = options.absWorkingDir ?? process.cwd();
      const output = path.resolve(root, options.outdir ?? path.dirname(options.outfile ?? ''));
      build.onEnd(async ({ metafile }) => {
        const files = Object.keys(metafile?.inputs ?? {}).filter((file) => !dependency.test(file));
        const hashes = files.sort().map(async (file) => [file, await sha256(path.resolve(root, file))]);
        const inputs = Object.fromEntries(await Promise.all(hashes));
        await writeFile(`${output}.inputs.json`, `${JSON.stringify(inputs, undefined, 2)}\n`);
      });
    },
  };
}

/** @param {string} file */
async function sha256(file) {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
