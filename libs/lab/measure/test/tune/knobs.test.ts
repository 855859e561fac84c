import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { readKnobs } from '../../src/tune/knobs.ts';

const root = mkdtempSync(path.join(tmpdir(), 'knobs-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, content] of Object.entries(files)) {
    const place = path.join(root, name, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  return path.join(root, name);
}

const library = `channel('parallel-lambda:message');`;
const none = { workers: false, adaptive: false, threads: false };

it.each([
  ['does not use the library', { 'index.mjs': 'process.env.WORKERS' }, none],
  ['is a bundle of promise workers', { 'index.js': library }, { ...none, workers: true }],
  [
    'is a minified bundle of adaptive thread workers',
    { 'index.js': `${library}c("adaptive",o,["min","max"]);r({variable:"THREADS"})` },
    { workers: true, adaptive: true, threads: true },
  ],
  [
    'has the library installed',
    {
      'index.mjs': 'promiseWorkers({ work, workers: adaptive({ max: 50 }) })',
      'node_modules/@parallel-lambda/batch/dist/index.js': library,
      'node_modules/other/index.js': '"THREADS"',
    },
    { ...none, workers: true, adaptive: true },
  ],
])('a function that %s', (name, files, expected) => {
  expect(readKnobs(folderOf(name, files))).toEqual(expected);
});
