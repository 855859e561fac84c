import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { commitOf } from '../src/index.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'commit-of-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

it('a folder outside of a repository has no commit', () => {
  expect(commitOf(folder)).toBeUndefined();
});

describe('the commit of a repository', () => {
  beforeEach(() => {
    git('init', '--quiet');
    write('source.ts', 'one');
    write('docs/measurements.json', '{}');
    git('add', '.');
    git('commit', '--quiet', '--message', 'Add files');
  });

  it('stays the same when measurements and new files are written', () => {
    write('docs/measurements.json', '{"samples":[]}');
    write('out/report.html', '');
    expect(commitOf(folder)).toBe(git('rev-parse', '--short', 'HEAD'));
  });

  it('is dirty when a source is changed', () => {
    write('source.ts', 'two');
    expect(commitOf(folder)).toBe(`${git('rev-parse', '--short', 'HEAD')}-dirty`);
  });
});
