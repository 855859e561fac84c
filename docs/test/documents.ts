import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** A fenced block of code in a document. */
export interface CodeBlock {
  /** Relative to the workspace. */
  readonly document: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** Every document of the workspace, relative to it. */
export const documents = globSync('**/*.md', {
  cwd: root,
  exclude: (entry) => ['node_modules', 'dist', 'cdk.out', 'fixtures'].includes(path.basename(entry)),
}).sort();

/** The blocks of a document in one language. */
export function codeBlocks(document: string, language: string): readonly CodeBlock[] {
  const text = readFileSync(path.join(root, document), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, found]) => found === language)
    .map(({ index, 2: code = '' }) => ({
      document,
      line: text.slice(0, index).split('\n').length,
      language,
      code,
    }));
}
