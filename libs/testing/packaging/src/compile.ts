import path from 'node:path';

import ts from 'typescript';

/** Output of the compiler for a library. */
export interface Compiled {
  /** The content of each file, by its path in the package. */
  readonly files: ReadonlyMap<string, string>;
  /** Returns the names that a source exports at run time; the source relative to the folder: `index.ts`. */
  readonly exportedNames: (source: string) => readonly string[];
}

/**
 * Compiles the sources of a library: each becomes an ES module (`.js`), and declarations for CommonJS (`.d.cts`), which
 * ES modules can import as well. Only its own files are compiled: imports of other packages stay imports.
 *
 * @param library the library's folder, absolute
 * @param modulesOnly packages that are ES modules only
 * @throws {Error} when something does not compile, with everything that the compiler reports
 */
export function compile(library: string, modulesOnly: readonly string[]): Compiled {
  const source = path.join(library, 'src');
  const names = ts.sys.readDirectory(source, ['.ts']);
  const program = ts.createProgram(names, publishedOptions(library, source));
  const own = names.map((file) => program.getSourceFile(file)).filter((file) => file !== undefined);
  const files = new Map<string, string>();
  const write: ts.WriteFileCallback = (file, text) => {
    const name = path.relative(source, file);
    if (!name.endsWith('.d.ts')) files.set(name, text);
    else files.set(name.replace(/\.d\.ts$/, '.d.cts'), declarationsForCommonJs(text, modulesOnly));
  };
  const diagnostics = own.flatMap((file) => [
    ...ts.getPreEmitDiagnostics(program, file),
    ...program.emit(file, write).diagnostics,
  ]);
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, formatHost));
  return { files, exportedNames: (file) => exportedNames(program, path.join(source, file)) };
}

/** The workspace's own options, without those that an installed module cannot have: imports of `.ts` files. */
function publishedOptions(library: string, source: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(library, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  ) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, library);
  return {
    ...options,
    rootDir: source,
    outDir: source,
    rewriteRelativeImportExtensions: true,
    composite: false,
    incremental: false,
    emitDeclarationOnly: false,
    declaration: true,
    // They would point to sources that are not in the package.
    declarationMap: false,
  };
}

/**
 * Turns the imports of declarations into those of CommonJS: of `.cjs` files, and of types alone where TypeScript would
 * refuse to `require` a module.
 */
export function declarationsForCommonJs(declarations: string, modulesOnly: readonly string[]): string {
  const isModule = (name: string) => modulesOnly.some((only) => name === only || name.startsWith(`${only}/`));
  return declarations
    .replace(/(\bfrom |\bimport\()(['"])(\..+?)\.ts\2/g, '$1$2$3.cjs$2')
    .replace(
      /^import (?:type )?(.+ from (['"])(.+?)\2);$/gm,
      (line, names: string, _: string, from: string) =>
        isModule(from) ? `import type ${names} with { 'resolution-mode': 'import' };` : line,
    )
    .replace(/\bimport\((['"])(.+?)\1\)/g, (type, _: string, from: string) =>
      isModule(from) ? `import('${from}', { with: { 'resolution-mode': 'import' } })` : type,
    );
}

function exportedNames(program: ts.Program, file: string): readonly string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} exports nothing`);
  return checker
    .getExportsOfModule(module)
    .filter((symbol) => isValue(checker, symbol))
    .map(({ name }) => name)
    .sort();
}

function isValue(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  if (symbol.declarations?.every(ts.isTypeOnlyImportOrExportDeclaration)) return false;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & ts.SymbolFlags.Value) !== 0;
}

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
};
