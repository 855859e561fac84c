import { existsSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { documents, lineAt, root, textOf, withoutCode } from './documents.ts';

it('every link leads to a file, and to a heading in it', () => {
  expect(documents.flatMap(brokenLinks)).toEqual([]);
});

const installing = documents.filter((document) => textOf(document).includes('npm install @parallel-lambda/'));

it.each(installing)('%s installs packages by name and explains how before the first release', (document) => {
  expect(document === 'docs/installing.md' || /\]\(\S*installing\.md\)/.test(textOf(document))).toBe(true);
});

/** Folders that a guide or a command creates. */
const created = ['libs/loop-workers', 'apps/loops', 'infra/cdk.out', 'infra/deploy/cdk.out'];

it('every path of the repository in a text exists', () => {
  const missing = documents.flatMap((document) => {
    const paths = [...withoutCode(document).matchAll(/`((?:apps|libs|docs|infra)\/[\w./-]*\w)`/g)];
    return paths.flatMap(({ index, 1: file = '' }) =>
      created.includes(file) || existsSync(path.join(root, file))
        ? []
        : [`${document}:${lineAt(withoutCode(document), index)}: ${file}`],
    );
  });
  expect(missing).toEqual([]);
});

/** Returns the links of a document to missing files and headings, each with its line. */
function brokenLinks(document: string): readonly string[] {
  const text = withoutCode(document);
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(({ index, 1: link = '' }) => {
    if (/^(?:https?|mailto):/.test(link)) return [];
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? document : path.join(path.dirname(document), file);
    const isBroken =
      !existsSync(path.join(root, target)) ||
      (anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor));
    return isBroken ? [`${document}:${lineAt(text, index)}: ${link}`] : [];
  });
}

/** Returns the anchors that GitHub gives the headings of a document. */
function anchorsOf(document: string): readonly string[] {
  return [...withoutCode(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}
