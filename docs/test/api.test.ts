import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';
import { expect, it } from 'vitest';

import { root } from './documents.ts';

interface Manifest {
  readonly private?: boolean;
  readonly exports: string | Readonly<Record<string, string>>;
}

/** The modules of the published packages that users import, relative to the workspace. */
const modules = globSync('libs/*/package.json', { cwd: root })
  .map((file) => ({ file, manifest: JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Manifest }))
  .filter(({ manifest }) => manifest.private !== true)
  .flatMap(({ file, manifest: { exports } }) =>
    (typeof exports === 'string' ? [exports] : Object.values(exports)).map((entry) =>
      path.join(path.dirname(file), entry),
    ),
  );

const { config } = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), (file) =>
  ts.sys.readFile(file),
) as {
  config: unknown;
};
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram(
  modules.map((module) => path.join(root, module)),
  { ...options, composite: false, emitDeclarationOnly: false, declarationMap: false, noEmit: true },
);
const checker = program.getTypeChecker();

it('there are modules to check', () => {
  expect(modules.length).toBeGreaterThan(8);
});

it.each(modules)('%s: every export, and every member of it, is documented', (module) => {
  expect(exportsOf(module).flatMap(undocumented)).toEqual([]);
});

it.each(modules)('%s begins with a description of the package', (module) => {
  const text = program.getSourceFile(path.join(root, module))?.text;
  expect(text).toMatch(/^\/\*\*\n(?: \*[^\n]*\n)+ \* @module @parallel-lambda\/\S+\n \*\/\n/);
});

function exportsOf(module: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(path.join(root, module));
  const symbol = source && checker.getSymbolAtLocation(source);
  if (!symbol) throw new Error(`${module} is not a module`);
  return checker
    .getExportsOfModule(symbol)
    .map((one) => (one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one));
}

/** Returns the names of an export and of its members that have no docstring. */
function undocumented(symbol: ts.Symbol): readonly string[] {
  const members = [...(symbol.members?.values() ?? [])].filter(isPublic);
  const isMissing = (one: ts.Symbol): boolean =>
    one.getDocumentationComment(checker).length === 0 && !isInherited(one, symbol);
  const missing = members.filter(isMissing).map(({ name }) => `${symbol.name}.${name}`);
  return isMissing(symbol) ? [symbol.name, ...missing] : missing;
}

/** Returns whether a member is seen by users: no private one, no constructor, no signature without a name. */
function isPublic({ name, valueDeclaration }: ts.Symbol): boolean {
  if (!valueDeclaration || name.startsWith('__')) return false;
  const declared = ts.getCombinedModifierFlags(valueDeclaration);
  return !name.startsWith('#') && (declared & ts.ModifierFlags.Private) === 0;
}

/** Returns whether a member overrides one of a class or an interface, which describes it. */
function isInherited(member: ts.Symbol, owner: ts.Symbol): boolean {
  if (member === owner) return false;
  return (owner.declarations ?? []).some(
    (declaration) =>
      (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) &&
      (declaration.heritageClauses ?? []).some(({ types }) =>
        types.some((type) => checker.getTypeAtLocation(type).getProperty(member.name) !== undefined),
      ),
  );
}
