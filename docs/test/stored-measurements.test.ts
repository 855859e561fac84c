import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fileOf, measured, mixture, type Measured } from '../src/stored-measurements.ts';
import { root } from './documents.ts';

it('all figures are of one commit, or `npx nx measure docs` measures them again', () => {
  expect(mixture(root)).toBeUndefined();
});

describe('stored measurements', () => {
  let clone: string;

  beforeEach(() => {
    clone = mkdtempSync(path.join(tmpdir(), 'stored-measurements-'));
    mkdirSync(path.join(clone, path.dirname(fileOf('tune'))), { recursive: true });
    for (const name of measured) store(name, 'abc1234');
  });
  afterEach(() => {
    rmSync(clone, { recursive: true });
  });

  function store(name: Measured, commit: string | undefined): void {
    writeFileSync(path.join(clone, fileOf(name)), JSON.stringify({ commit }));
  }

  it('of one commit are accepted', () => {
    expect(mixture(clone)).toBeUndefined();
  });

  it.each(measured)('are refused if %s was measured at another commit', (name) => {
    store(name, 'def5678');
    expect(mixture(clone)).toContain('measurements of several commits: ');
    expect(mixture(clone)).toContain(`${name} at def5678`);
  });

  it.each(measured)('are refused if %s has no commit', (name) => {
    store(name, undefined);
    expect(mixture(clone)).toContain(`${name} at an unknown commit`);
  });

  it.each(measured)('are refused if %s was measured with uncommitted changes', (name) => {
    store(name, 'abc1234-dirty');
    expect(mixture(clone)).toBe(`${fileOf(name)} was measured with uncommitted changes.`);
  });
});
