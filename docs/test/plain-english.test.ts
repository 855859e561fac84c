import { globSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { documents, lineAt, root, textOf } from './documents.ts';
import { labHelp } from './lab-help.ts';

/** Phrases that readers have to decode, and what to write instead. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b(?:come|comes|came|coming) again\b/i, 'is redelivered, is retried'],
  [/\b(?:deliver(?:s|ed)?|delivery) again\b/i, 'redelivered'],
  [/\bin work\b(?!er)/i, 'in flight'],
  [/\bat one time\b/i, 'at a time, in parallel, in flight'],
  [/\b(?:wound|winds?|winding) up\b/i, 'stops early'],
  [/\bof (?:its|their|your|my|our|one's) own\b/i, 'separate, your, unique'],
  [/\btold\b|\btells?\b/i, 'reports, returns, logs; distinguishes; receives'],
  [/\bwhat (?:came|comes|was|were) (?:out|aimed at)\b/i, 'results, targets'],
  [/\bwhat bec(?:ame|omes) of\b/i, 'result, outcome'],
  [/\b(?:no|some|any)body\b/i, 'no user, no caller, a user'],
  [/\bas ever\b|\ball the same\b/i, 'nothing: delete it'],
  [/\bat the (?:most|least)\b/i, 'at most, at least'],
  [/\bso many\b/i, 'the number of'],
  [/\bstands? still\b/i, 'is idle, is blocked'],
  [/\bhears? of\b/i, 'receives, is notified of'],
  [/\b(?:lets?|letting) go of\b/i, 'abandons, releases'],
  [/\bthat which\b/i, 'a noun'],
  [/\bwhose prices\b/i, 'AWS region for prices'],
  [/\btake the figures with care\b/i, 'the results are less reliable'],
  [/\b(?:a message|a batch) (?:is|was) done\b/i, 'is finished'],
  [/\bhand(?:s|ed|ing)? (?:out|over)\b/i, 'returns, delivers, passes'],
  [/\bmeanwhile\b|\bamid\b/i, 'during, at the same time'],
  [/\b(?:go|goes|going|went) on\b/i, 'continues'],
  [/\bwhat there is\b|\bthat there (?:is|are) not\b/i, 'unknown, missing; the known ones'],
  [/\bto be said of\b/i, 'a noun'],
  [/\bby itself\b/i, 'separate, alone'],
  [/\bstands? for what\b/i, 'overrides, replaces'],
  [/\bbefalls?\b|\bmischief\b|\bhardship\b/i, 'fault'],
  [/\bdeeds?\b|\btestimony\b|\bwitness/i, 'actions, recorder'],
  [/\bpass(?:es|ed)? over\b/i, 'skips, ignores'],
  [/\breckon/i, 'measures, estimates'],
  [/\bheld against\b/i, 'compared with'],
  [/\banew\b/i, 'again, new'],
  [/\bin silence\b/i, 'silently, without a message'],
  [/\bof it all\b/i, 'a noun'],
  [/(?<!here )\bis no (?!longer|more\b|such\b|\w+er\b)/i, 'is not a'],
  [/\b(?:holds?|names?) no\b/i, 'has no, does not have'],
  [/\bnot whole\b/i, 'incomplete, invalid'],
  [/\bat once\b/i, 'immediately; at the same time'],
  [/\bonce more\b/i, 'again'],
  [/\bmend(?:s|ed)?\b/i, 'fix'],
  [/\bbears?\b/i, 'handles, has'],
  [/\bbuys?\b/i, 'has, includes'],
  [/\bspeaks?\b/i, 'supports, uses'],
  [/\bknows?\b/i, 'has, supports, recognizes'],
  [/\blearns?\b/i, 'measures, adapts'],
  [/\bow(?:e|es|ed)\b/i, 'must, fulfills'],
  [/\bstands? for\b/i, 'is, replaces, means'],
  [/\bthere is: /i, 'available'],
  [/\bworks on (?:a|an|the) (?:message|batch)\b/i, 'processes'],
  [/\bthe one (?:before|after|ahead)\b/i, 'the previous one, the next one'],
  [/\bshall\b/i, 'must, may'],
  [/\b(?:takes?|took|gives?|gave|given) back\b/i, 'returns, revokes, releases'],
  [/\bhands? on\b/i, 'passes, forwards'],
];

/** A docstring that starts with a question word or a preposition: it must start with a verb or a noun. */
const riddle =
  /\/\*\*\s+(?:\*\s+)?(Whether|How|What|Why|Who|Whose|Which|When|Where|Of|To|In|By|As|Told|That|So)\b(?!-)/g;

/** A line break within a comment or a string, with the marks around it. */
const lineBreak = /['`] \+\n\s*['`]|\n[ \t]*(?:\*(?!\/)|\/\/)?/g;

const isIgnored = (entry: string): boolean =>
  ['node_modules', 'dist', 'cdk.out', 'fixtures', 'out', 'out-tsc', 'test-output'].includes(
    path.basename(entry),
  );
const sources = globSync('{apps,libs,infra,docs}/**/*.{ts,mjs}', { cwd: root, exclude: isIgnored })
  .filter((file) => !file.endsWith('plain-english.test.ts'))
  .sort();

it('the documents are in plain English', () => {
  expect(documents.flatMap((file) => findings(file, textOf(file)))).toEqual([]);
});

it('names, strings, comments and tests are in plain English', () => {
  expect(sources.flatMap((file) => findings(file, textOf(file)))).toEqual([]);
});

it('docstrings start with a verb or a noun', () => {
  const found = sources.flatMap((file) => {
    const text = textOf(file);
    return [...text.matchAll(riddle)].map(
      ({ index, 1: word }) => `${file}:${lineAt(text, index)}: "${word} …"`,
    );
  });
  expect(found).toEqual([]);
});

it('the help of the command line is in plain English', () => {
  const help = labHelp();
  expect(help.get('invoke')).toContain('Examples:');
  expect([...help].flatMap(([name, text]) => findings(`${name} --help`, text))).toEqual([]);
});

function findings(file: string, text: string): readonly string[] {
  const joined = text.replaceAll(lineBreak, (part) => ' '.repeat(part.length));
  return phrases.flatMap(([phrase, instead]) => {
    const everywhere = new RegExp(phrase.source.replaceAll(' ', String.raw`\s+`), 'gi');
    return [...joined.matchAll(everywhere)].map(
      ({ 0: found, index }) =>
        `${file}:${lineAt(text, index)}: "${found.replaceAll(/\s+/g, ' ')}" (write: ${instead})`,
    );
  });
}
