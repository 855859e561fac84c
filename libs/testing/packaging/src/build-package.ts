import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import path from 'node:path';

import { compileCommonJs } from './commonjs.ts';
import { compile, type Compiled } from './compile.ts';
import { entries, publishedManifest, type Manifest } from './manifest.ts';

/**
 * Makes the folder that is published of a library, `dist`: JavaScript with declarations, a manifest that points to
 * them, the README and the licence. The workspace itself uses the sources.
 *
 * Each entry has three files. `index.cjs` is loaded by Node.js and by tools that support CommonJS only, such as Jest.
 * `index.mjs` imports `index.cjs` and exports it again, so that `import` and `require` get the same classes in one
 * process. It imports the ES modules that `index.cjs` requires first: before 22.16, Node.js cannot require an ES module that an
 * `import` of the user's is just loading. `index.js`, an ES module, is for bundlers, which take it for `import` and `require` alike.
 *
 * @param library the library's folder, relative to the workspace
 * @param workspace the folder of the licence
 */
export async function buildPackage(library: string, workspace: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(library, 'package.json'), 'utf8')) as Manifest;
  const sources = Object.values(entries(manifest)).map((entry) => path.relative('src', entry));
  const dependencies = namesOfOthers(manifest.dependencies);
  const peers = namesOfOthers(manifest.peerDependencies);
  const compiled = compile(path.resolve(library), [...dependencies, ...peers].filter(isModuleOnly));
  const commonJs = await compileCommonJs(path.join(library, 'src'), sources, dependencies);
  const first = requiredOf([...commonJs.values()], peers.filter(isModuleOnly));
  const files = new Map([
    ...compiled.files,
    ...commonJs,
    ...sources.flatMap((source) => wrappers(source, compiled, first)),
  ]);
  const output = path.join(library, 'dist');
  await rm(output, { recursive: true, force: true });
  for (const [file, content] of files) {
    await mkdir(path.dirname(path.join(output, file)), { recursive: true });
    await writeFile(path.join(output, file), content);
  }
  const published = publishedManifest(manifest, library, process.env.GITHUB_REPOSITORY);
  await writeFile(path.join(output, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
  await copyFile(path.join(library, 'README.md'), path.join(output, 'README.md'));
  await copyFile(path.join(workspace, 'LICENSE'), path.join(output, 'LICENSE'));
}

/** Returns whether a package has ES modules only, which CommonJS declarations import as types only. */
function isModuleOnly(name: string): boolean {
  // Not by `import.meta.resolve`: not every package exports its manifest.
  const manifest = findPackageJSON(name, import.meta.url) ?? '';
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }).type === 'module';
}

/** Returns the packages that are not built here. */
function namesOfOthers(dependencies: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.keys(dependencies).filter((name) => !name.startsWith('@parallel-lambda/'));
}

/** Returns the modules of these packages that CommonJS modules require, such as `effect/Effect`. */
function requiredOf(commonJs: readonly string[], packages: readonly string[]): readonly string[] {
  const names = commonJs.flatMap((text) => [...text.matchAll(/\brequire\("([^"]+)"\)/g)]);
  const required = new Set(names.map(([, name = '']) => name));
  return [...required].filter((name) =>
    packages.some((each) => name === each || name.startsWith(`${each}/`)),
  );
}

/** The ES module of an entry for Node.js, with its declarations, and those of the ES module for bundlers. */
function wrappers(
  source: string,
  { exportedNames }: Compiled,
  first: readonly string[],
): readonly (readonly [string, string])[] {
  const name = source.replace(/\.ts$/, '');
  const commonJs = `./${path.basename(name)}.cjs`;
  const declarations = `export * from '${commonJs}';\n`;
  const imports = first.map((module) => `import '${module}';\n`).join('');
  return [
    [`${name}.mjs`, `${imports}export { ${exportedNames(source).join(', ')} } from '${commonJs}';\n`],
    [`${name}.d.mts`, declarations],
    [`${name}.d.ts`, declarations],
  ];
}
