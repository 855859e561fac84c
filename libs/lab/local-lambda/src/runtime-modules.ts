import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** The AWS SDK, which Lambda's runtimes contain, from the packages that are installed on this machine. */
export interface RuntimeModules {
  /** Folders of installed packages, absolute. */
  readonly folders: readonly string[];
  /** The index of the first folder that has a package, by package, such as `@aws-sdk/client-sqs`. */
  readonly packages: ReadonlyMap<string, number>;
}

/** Modules found, by the folder of the project, because they are the same for every environment. */
const known = new Map<string, RuntimeModules>();

const scopes = ['@aws-sdk', '@smithy'];

/**
 * Finds the AWS SDK for a function that does not bring its own: in the `node_modules` of the function's project, of the
 * working folder, and of this package.
 *
 * @param codeFolder of the function, absolute. Packages installed in it are not searched
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
 */
export function findRuntimeModules(codeFolder: string): RuntimeModules {
  const project = path.dirname(codeFolder);
  const modules = known.get(project) ?? find([project, process.cwd(), import.meta.dirname]);
  known.set(project, modules);
  return modules;
}

function find(starts: readonly string[]): RuntimeModules {
  const found = starts.flatMap(ancestors).map((folder) => path.join(folder, 'node_modules'));
  const folders = [...new Set(found)]
    .filter((folder) => existsSync(path.join(folder, '@aws-sdk')))
    .map((folder) => realpathSync(folder));
  const packages = new Map<string, number>();
  folders.forEach((folder, index) => {
    for (const name of scopes.flatMap((scope) => namesIn(folder, scope))) {
      if (!packages.has(name)) packages.set(name, index);
    }
  });
  return { folders, packages };
}

function ancestors(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function namesIn(folder: string, scope: string): readonly string[] {
  const scopeFolder = path.join(folder, scope);
  return existsSync(scopeFolder) ? readdirSync(scopeFolder).map((name) => `${scope}/${name}`) : [];
}
