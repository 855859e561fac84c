import { globSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';

import { build, type Metafile, type Plugin } from 'esbuild';

import { links } from './manifest.ts';

/** The folder of the command line, relative to the workspace. */
const app = 'apps/lab';

/** The dependencies that a package needs, by name, each with its version. */
type Dependencies = Readonly<Record<string, string>>;

/**
 * Makes the folder that is published of the command line, `apps/lab/dist`: one package, `parallel-lambda`, with the features
 * of `libs/lab` in it and other packages as its dependencies.
 *
 * @param workspace absolute
 * @returns the folder, absolute
 */
export async function buildCommand(workspace: string): Promise<string> {
  const output = path.join(workspace, app, 'dist');
  await rm(output, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: workspace,
    // The second one runs in a separate process.
    entryPoints: {
      main: path.join(app, 'src/main.ts'),
      'end-owned': 'libs/lab/local-lambda/src/owner/end-owned.ts',
    },
    outdir: path.join(output, 'lib'),
    bundle: true,
    // A command loads its dependencies when it runs, so that help is printed immediately.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    metafile: true,
    plugins: [othersAreDependencies],
  });
  await copyFiles(workspace, output);
  const { version, license } = JSON.parse(
    await readFile(path.join(workspace, 'libs/batch/package.json'), 'utf8'),
  ) as Readonly<Record<string, unknown>>;
  const repository = process.env.GITHUB_REPOSITORY;
  const manifest = {
    name: 'parallel-lambda',
    version,
    description:
      'Run Lambda functions and stacks on your machine as Lambda runs them, without Docker or an account',
    license,
    ...(repository !== undefined && links(repository, app)),

    type: 'module',
    bin: { 'parallel-lambda': './lib/main.js' },
    engines: { node: '>=22.12.0' },
    ...dependenciesOf(metafile, workspace),
    files: ['lib', 'prices.json'],
    // Functions run files of this package. Yarn keeps packages in archives, which only its own loader reads.
    preferUnplugged: true,
  };
  await writeFile(path.join(output, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return output;
}

/** Files that are found by the path of the module that needs them: its place in the bundle is `lib`. */
async function copyFiles(workspace: string, output: string): Promise<void> {
  const files = {
    'libs/lab/local-lambda/src/runtime': 'lib/runtime',
    'libs/lab/report/prices.json': 'prices.json',
    [`${app}/README.md`]: 'README.md',
    LICENSE: 'LICENSE',
  };
  for (const [from, to] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(output, to)), { recursive: true });
    await cp(path.join(workspace, from), path.join(output, to), { recursive: true });
  }
}

/** Bundles only the packages of the workspace. An import that is not used is left out. */
const othersAreDependencies: Plugin = {
  name: 'others-are-dependencies',
  setup(building) {
    building.onResolve({ filter: /./ }, async ({ path: name, kind, pluginData, ...options }) => {
      if (kind === 'entry-point' || pluginData === resolved) return undefined;
      if (/^[^./]/.test(name) && !name.startsWith('@parallel-lambda/'))
        return { path: name, external: true, sideEffects: false };
      return {
        ...(await building.resolve(name, { ...options, kind, pluginData: resolved })),
        sideEffects: false,
      };
    });
  },
};

const resolved = Symbol('resolved');

function dependenciesOf(
  { outputs }: Metafile,
  workspace: string,
): { readonly dependencies: Dependencies; readonly optionalDependencies: Dependencies } {
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  const names = imports
    .filter(
      ({ external, path: name }) => external && !name.startsWith('node:') && !builtinModules.includes(name),
    )
    .map(({ path: name }) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  const files = globSync(['libs/lab/*/package.json', `${app}/package.json`], { cwd: workspace });
  const manifests = files.map((file) => manifestOf(file, workspace));
  const needed = (all: readonly (Dependencies | undefined)[]): Dependencies => {
    const versions = Object.assign({}, ...all) as Dependencies;
    return Object.fromEntries(
      [...new Set(names)].sort().flatMap((name) => {
        const version = versions[name];
        return version === undefined ? [] : [[name, version]];
      }),
    );
  };
  return {
    dependencies: needed(manifests.map(({ dependencies }) => dependencies)),
    optionalDependencies: {
      ...needed(manifests.map(({ optionalDependencies }) => optionalDependencies)),
      // Clients of the AWS SDK that functions find, as in Lambda's runtime.
      ...manifestOf(`${app}/package.json`, workspace).optionalDependencies,
    },
  };
}

function manifestOf(
  file: string,
  workspace: string,
): { readonly dependencies?: Dependencies; readonly optionalDependencies?: Dependencies } {
  return JSON.parse(readFileSync(path.join(workspace, file), 'utf8')) as ReturnType<typeof manifestOf>;
}
