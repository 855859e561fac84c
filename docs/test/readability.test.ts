import { flesch } from 'flesch';
import { syllable } from 'syllable';
import { expect, it } from 'vitest';

import { documents, proseOf, textOf, withoutCode } from './documents.ts';

/** Words of all Markdown outside of blocks of code, tables included. */
const MAX_WORDS = 20_000;
/** Words of a page that is read in five minutes, tables included. */
const MAX_WORDS_OF_PAGE = 1_150;
const MAX_SENTENCE_WORDS = 30;
/** Scores of 50 and more are plain English: https://en.wikipedia.org/wiki/Flesch–Kincaid_readability_tests */
const MIN_READING_EASE = 50;

/** Pages that are read from start to end. The READMEs of packages are references. */
const guides = documents.filter((document) => document === 'README.md' || /^docs\/[^/]+\.md$/.test(document));

interface Sentence {
  readonly line: number;
  readonly words: readonly string[];
}

it(`no sentence of a document has more than ${MAX_SENTENCE_WORDS} words`, () => {
  const long = documents.flatMap((document) =>
    sentencesOf(document)
      .filter(({ words }) => words.length > MAX_SENTENCE_WORDS)
      .map(
        ({ line, words }) => `${document}:${line}: ${words.length} words: ${words.slice(0, 8).join(' ')} …`,
      ),
  );
  expect(long).toEqual([]);
});

it(`the README and every guide have a Flesch reading ease of at least ${MIN_READING_EASE}`, () => {
  const hard = guides
    .map((document) => ({ document, ease: readingEase(sentencesOf(document)) }))
    .filter(({ ease }) => ease < MIN_READING_EASE)
    .map(({ document, ease }) => `${document}: ${ease.toFixed(1)}`);
  expect(hard).toEqual([]);
});

it(`the documents have at most ${MAX_WORDS} words outside of blocks of code`, () => {
  const count = documents.reduce((sum, document) => sum + wordsRead(document), 0);
  expect(count).toBeLessThanOrEqual(MAX_WORDS);
});

it(`no document has more than ${MAX_WORDS_OF_PAGE} words outside of blocks of code`, () => {
  const long = documents.filter((document) => wordsRead(document) > MAX_WORDS_OF_PAGE);
  expect(long).toEqual([]);
});

it('every table row is below a header', () => {
  const rows = documents.flatMap((document) => {
    const lines = withoutCode(document).split('\n');
    return lines
      .filter((line, index) => {
        const isFirst = line.startsWith('|') && !(lines[index - 1] ?? '').startsWith('|');
        return isFirst && !/^\|[\s:|-]+\|$/.test(lines[index + 1] ?? '');
      })
      .map((line) => `${document}: ${line}`);
  });
  expect(rows).toEqual([]);
});

it('the README has at most 120 lines', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});

function readingEase(sentences: readonly Sentence[]): number {
  const words = sentences.flatMap(({ words: each }) => each);
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return flesch({ sentence: sentences.length, word: words.length, syllable: syllables });
}

/** Returns the sentences of a document outside of code, tables and headings. */
function sentencesOf(document: string): readonly Sentence[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  return blocksOf(proseOf(document)).flatMap(({ line, text }) =>
    // A line break would end a sentence.
    [...segmenter.segment(text.replaceAll('\n', ' '))].map(({ segment, index }) => ({
      line: line + text.slice(0, index).split('\n').length - 1,
      words: wordsOf(segment),
    })),
  );
}

/** Returns the paragraphs and list items of a text, each as one text with its first line. */
function blocksOf(prose: string): readonly { readonly line: number; readonly text: string }[] {
  const blocks: { line: number; text: string }[] = [];
  let isOpen = false;
  for (const [index, line] of prose.split('\n').entries()) {
    const isText = line.trim() !== '' && !line.startsWith('#');
    const startsItem = /^\s*(?:[-*]|\d+\.)\s/.test(line);
    const last = blocks.at(-1);
    if (isText && isOpen && !startsItem && last) last.text += `\n${plain(line)}`;
    else if (isText) blocks.push({ line: index + 1, text: plain(line) });
    isOpen = isText;
  }
  return blocks;
}

/** Returns Markdown as it is read: without link targets, images and marks; code in the text is one word. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replaceAll(/^\s*(?:[-*]|\d+\.)\s+/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/`[^`]*`/g, 'Code')
    .replaceAll(/https?:\S+/g, 'link')
    .replaceAll(/[*_]{1,2}(\S[^*_]*)[*_]{1,2}/g, '$1');
}

/** Counts the words that a reader sees outside of blocks of code: tables count, pictures and the targets of links do not. */
function wordsRead(document: string): number {
  const seen = withoutCode(document).replaceAll(/!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)/g, ' ');
  return wordsOf(seen).length;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}][^\s|]*/gu) ?? [];
}
