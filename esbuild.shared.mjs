import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

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
    plugins: [...plugins, recordInputs()],
  };
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
        const files = Object.keys(metafile?.inputs ?? {}).filter((file) => !file.includes('node_modules/'));
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
