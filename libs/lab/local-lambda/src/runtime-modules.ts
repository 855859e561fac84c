import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** The AWS SDK, which Lambda's runtimes contain, from the packages that are installed on this machine. */
export interface RuntimeModules {
  /** Folders of installed packages, absolute. */
  readonly folders: readonly string[];
  /** The index of the first folder that has a package, by package, such as `@aws-sdk/client-sqs`. */
  readonly packages: ReadonlyMap<string, number>;
}

/** Modules found, by the folder of the project and the scopes of layers: the same for every environment. */
const known = new Map<string, RuntimeModules>();

const ofRuntime = ['@aws-sdk', '@smithy'];

/**
 * Finds the AWS SDK for a function that does not bring its own: in the `node_modules` of the function's project, of the
 * working folder, and of this package.
 *
 * @param codeFolder of the function, absolute. Packages installed in it are not searched
 * @param ofLayers scopes of packages to find in the project as well, because a layer of the function has them on AWS. @default none
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
 */
export function findRuntimeModules(codeFolder: string, ofLayers: readonly string[] = []): RuntimeModules {
  const project = path.dirname(codeFolder);
  const key = [...ofLayers, project].join(' ');
  const modules = known.get(key) ?? find(project, ofLayers);
  known.set(key, modules);
  return modules;
}

function find(project: string, ofLayers: readonly string[]): RuntimeModules {
  const own = [project, ...samSources(project)];
  const places = [
    ...placesOf([...own, process.cwd(), import.meta.dirname], ofRuntime),
    ...placesOf(own, ofLayers),
  ];
  const folders = [...new Set(places.map(({ folder }) => folder))];
  const packages = new Map<string, number>();
  for (const { folder, scope } of places) {
    for (const name of namesIn(folder, scope)) {
      if (!packages.has(name)) packages.set(name, folders.indexOf(folder));
    }
  }
  return { folders, packages };
}

function placesOf(
  starts: readonly string[],
  scopes: readonly string[],
): readonly { readonly folder: string; readonly scope: string }[] {
  return starts
    .flatMap(ancestors)
    .map((folder) => path.join(folder, 'node_modules'))
    .flatMap((folder) => scopes.map((scope) => ({ folder, scope })))
    .filter(({ folder, scope }) => existsSync(path.join(folder, scope)))
    .map(({ folder, scope }) => ({ folder: realpathSync(folder), scope }));
}

/** SAM builds functions into another folder than that of their `package.json`, and writes where they come from. */
function samSources(build: string): readonly string[] {
  const file = path.join(path.dirname(build), 'build.toml');
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(/^codeuri = "(.+)"$/gm)].map(([, folder = '']) => folder);
}

function ancestors(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function namesIn(folder: string, scope: string): readonly string[] {
  const scopeFolder = path.join(folder, scope);
  return existsSync(scopeFolder) ? readdirSync(scopeFolder).map((name) => `${scope}/${name}`) : [];
}
