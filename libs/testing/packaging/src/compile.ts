import path from 'node:path';

import ts from 'typescript';

/**
 * Compiles a library's `src` to JavaScript modules with declarations. Only its own files are written: what it imports
 * of other packages stays an import.
 *
 * @param library the library's folder, absolute
 * @param output where the modules go
 * @throws {Error} when something does not compile, with all that the compiler says
 */
export function compile(library: string, output: string): void {
  const source = path.join(library, 'src');
  const options = publishedOptions(library, source, output);
  const files = ts.sys.readDirectory(source, ['.ts']);
  const program = ts.createProgram(files, options);
  const own = files.map((file) => program.getSourceFile(file)).filter((file) => file !== undefined);
  const diagnostics = own.flatMap((file) => [
    ...ts.getPreEmitDiagnostics(program, file),
    ...program.emit(file).diagnostics,
  ]);
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, formatHost));
}

/** The workspace's own options, but for what an installed module cannot have: imports of `.ts` files. */
function publishedOptions(library: string, source: string, output: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(library, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  ) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, library);
  return {
    ...options,
    rootDir: source,
    outDir: output,
    rewriteRelativeImportExtensions: true,
    composite: false,
    incremental: false,
    emitDeclarationOnly: false,
    declaration: true,
    // They would point to sources that are not in the package.
    declarationMap: false,
  };
}

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
};
