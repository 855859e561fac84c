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
  exclude: (entry) => ['node_modules', 'dist', 'out', 'cdk.out', 'fixtures'].includes(path.basename(entry)),
}).sort();

/** Returns the text of a document. */
export function textOf(document: string): string {
  return readFileSync(path.join(root, document), 'utf8');
}

/** Returns the blocks of a document in one language. */
export function codeBlocks(document: string, language: string): readonly CodeBlock[] {
  const text = textOf(document);
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, found]) => found === language)
    .map(({ index, 2: code = '' }) => ({
      document,
      line: lineAt(text, index),
      language,
      code,
    }));
}

/** Returns the blocks of a document in one language between a heading and the next heading. */
export function blocksUnder(document: string, heading: string, language: string): readonly CodeBlock[] {
  const text = textOf(document);
  const headings = [...text.matchAll(/^#+ (.+)$/gm)];
  const position = headings.findIndex(([, found]) => found === heading);
  const from = headings[position];
  if (!from) throw new Error(`${document} has no heading ${heading}`);
  const start = lineAt(text, from.index);
  const end = lineAt(text, headings[position + 1]?.index ?? text.length);
  return codeBlocks(document, language).filter(({ line }) => line > start && line <= end);
}

/** Returns the number of the line at a position of a text, from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** Returns a document without its code and tables, with its line breaks. */
export function proseOf(document: string): string {
  return withoutCode(document).replaceAll(/^[ \t]*\|.*$/gm, '');
}

/** Returns a document without its blocks of code and comments, with its line breaks. */
export function withoutCode(document: string): string {
  return textOf(document).replaceAll(/^```.*?^```$|<!--.*?-->/gms, (block) => block.replaceAll(/[^\n]/g, ''));
}
