import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import ts from 'typescript';

/**
 * Converts sources, everything that they import from the same package, and the dependencies that are ES modules only, to
 * CommonJS modules.
 *
 * @param folder where the sources are
 * @param entries the sources to start from, relative to the folder: `index.ts`
 * @param dependencies packages that are ES modules only; tools such as Jest cannot `require` them
 * @returns the content of each module, by its path: `index.cjs`
 */
export async function compileCommonJs(
  folder: string,
  entries: readonly string[],
  dependencies: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const modules = new Map<string, string>();
  const sources = new Set(entries);
  // A set also iterates members that are added during the iteration.
  for (const source of sources) {
    const from = path.dirname(source);
    const module = convert(await readFile(path.join(folder, source), 'utf8')).replace(
      /\brequire\("([^"]+)"\)/g,
      (call, name: string) => {
        if (name.startsWith('.')) sources.add(path.join(from, name.replace(/\.js$/, '.ts')));
        else if (!dependencies.includes(name)) return call;
        const file = name.startsWith('.') ? name.replace(/\.js$/, '.cjs') : relative(from, fileOf(name));
        return `require("${file}")`;
      },
    );
    modules.set(source.replace(/\.ts$/, '.cjs'), module);
  }
  for (const name of dependencies) modules.set(fileOf(name), await convertDependency(folder, name));
  return modules;
}

function convert(source: string): string {
  const replaceImportMeta: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
    const visit = (node: ts.Node): ts.Node => {
      if (!ts.isMetaProperty(node)) return ts.visitEachChild(node, visit, context);
      return ts.factory.createIdentifier('importMeta');
    };
    return ts.visitNode(file, visit, ts.isSourceFile);
  };
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.CommonJS,
      rewriteRelativeImportExtensions: true,
    },
    transformers: { before: [replaceImportMeta] },
  });
  return outputText.includes('importMeta')
    ? outputText.replace('"use strict";\n', `"use strict";\n${importMeta}`)
    : outputText;
}

/** Some bundlers take CommonJS for an ES module's import. Files that are found by the path of the module are lost there. */
const checkFilename = `if (typeof __filename === "undefined") {
    throw new Error("CommonJS of Parallel Lambda was bundled into an ES module. Add 'module' to your bundler's conditions");
}
`;

/** The parts of `import.meta` that Node.js has. */
const importMeta = `${checkFilename}const importMeta = {
    dirname: __dirname,
    filename: __filename,
    url: require("node:url").pathToFileURL(__filename).href,
    resolve: (name) => require("node:url").pathToFileURL(require.resolve(name)).href,
};
`;

/** Converts a dependency to one file. The files that it finds by its own URL are those of the installed package. */
async function convertDependency(folder: string, name: string): Promise<string> {
  const installed = path.dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
  const licence = await readFile(path.join(installed, 'LICENSE'), 'utf8');
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${name}';`, resolveDir: path.resolve(folder) },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: {
      js:
        `/*! ${name}\n${licence}*/\n${checkFilename}` +
        `const importMetaUrl = require("node:url").pathToFileURL(require.resolve("${name}")).href;`,
    },
  });
  return outputFiles.map(({ text }) => text).join('');
}

function fileOf(dependency: string): string {
  return `dependencies/${dependency}.cjs`;
}

function relative(from: string, to: string): string {
  const file = path.relative(from, to);
  return file.startsWith('.') ? file : `./${file}`;
}
