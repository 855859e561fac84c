import path from 'node:path';

import ts from 'typescript';
import { expect, it } from 'vitest';

import { codeBlocks, documents, root, type CodeBlock } from './documents.ts';

const blocks = documents.flatMap((document) => codeBlocks(document, 'ts'));
const errors = typeCheck(blocks);

it('finds code blocks to check', () => {
  expect(blocks.length).toBeGreaterThan(3);
});

it.each(blocks.map((block) => [`${block.document}:${block.line}`, block] as const))(
  'the code at %s is right',
  (_, block) => {
    expect(errors.get(block)).toEqual([]);
  },
);

/** Type-checks each block as a module beside its document, all in one program. */
function typeCheck(all: readonly CodeBlock[]): Map<CodeBlock, string[]> {
  const configFile = path.join(root, 'tsconfig.base.json');
  const { config } = ts.readConfigFile(configFile, (file) => ts.sys.readFile(file)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const modules = new Map(all.map((block) => [fileOf(block), block]));
  const host = ts.createCompilerHost({
    ...options,
    composite: false,
    emitDeclarationOnly: false,
    noEmit: true,
  });
  host.fileExists = (file) => modules.has(file) || ts.sys.fileExists(file);
  host.readFile = (file) => modules.get(file)?.code ?? ts.sys.readFile(file);
  const program = ts.createProgram(
    [...modules.keys()],
    { ...options, composite: false, emitDeclarationOnly: false, declarationMap: false, noEmit: true },
    host,
  );
  return new Map(
    [...modules].map(([file, block]) => {
      const source = program.getSourceFile(file);
      const found = source ? ts.getPreEmitDiagnostics(program, source) : [];
      return [block, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
    }),
  );
}

function fileOf({ document, line }: CodeBlock): string {
  return path.join(root, path.dirname(document), `${path.basename(document, '.md')}-${line}.ts`);
}
