import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Returns the esbuild options that the Nx target does not express. Every function shares them, so that a comparison of
 * two functions compares their techniques. They are options that any user of esbuild can set.
 *
 * @param {import('esbuild').Plugin[]} plugins what this function needs beyond the others
 * @returns {import('esbuild').BuildOptions}
 */
export function functionBuild(plugins = []) {
  return {
    // A module that is imported dynamically stays in a separate file and is read when it is first needed.
    splitting: true,
    // Lambda's runtime contains the SDK, which only parked and delayed messages need.
    external: ['@aws-sdk/*'],
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    plugins: [...plugins, recordInputs()],
  };
}

const dependency = /node_modules\/|^[\w-]+:/;

/**
 * Writes `dist.inputs.json` beside the output folder: the workspace's own files that went into the build,
 * each with its SHA-256. The lab detects a stale build with it, without a second spent on asking Nx.
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
