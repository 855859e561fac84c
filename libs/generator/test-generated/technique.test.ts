import { cpSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { WorkspaceCopy } from './workspace-copy.ts';

const library = '@parallel-lambda/child-process-workers';
const generate = ['g', '@parallel-lambda/generator:technique'];

let copy: WorkspaceCopy;

beforeAll(() => {
  copy = new WorkspaceCopy();
}, 60_000);

afterAll(() => {
  copy[Symbol.dispose]();
}, 60_000);

describe('a fourth technique', { timeout: 180_000 }, () => {
  it.each([
    ['Child Processes', /must be named in small letters with hyphens between words/],
    ['promises', /The name is taken: there is apps\/promises already/],
  ])('is not generated as %s', (name, error) => {
    const { status, output } = copy.run('nx', ...generate, name);
    expect(output).toMatch(error);
    expect(status).not.toBe(0);
    expect(copy.changes()).toEqual([]);
  });

  it('is shown, and nothing written, on a dry run', () => {
    expect(copy.must('nx', ...generate, 'child-processes', '--dry-run')).toContain(
      'CREATE libs/child-process-workers/src/work-on-batch.ts',
    );
    expect(copy.changes()).toEqual([]);
  });

  it('is two folders, a line in the list of techniques, and where to find it', () => {
    copy.must('nx', ...generate, 'child-processes');
    expect(copy.changes()).toEqual([
      'README.md',
      'infra/src/techniques.ts',
      'package-lock.json',
      'tsconfig.json',
      'apps/child-processes/',
      'libs/child-process-workers/',
    ]);
    copy.must('git', 'add', '--all');
  });

  // The suite holds gates for work that is never begun, so the first of its tests says it.
  it.each(['conformance', 'simulation'])('is red in %s until it is written', (file) => {
    const { status, output } = copy.run('nx', 'test', library, file, '--bail=1', '--testTimeout=2000');
    expect(status).not.toBe(0);
    expect(output).toMatch(/Tests .*\d+ failed/);
  });

  it('is green when it is written', () => {
    cpSync(
      path.join(import.meta.dirname, 'written/work-on-batch.ts'),
      copy.path('libs/child-process-workers/src/work-on-batch.ts'),
    );
    copy.must('nx', 'test', library);
  });

  it('is formatted, referenced and used', () => {
    copy.must(
      'prettier',
      '--check',
      'README.md',
      '*.json',
      'infra',
      'apps/child-processes',
      'libs/child-process-workers',
    );
    copy.must('nx', 'sync:check');
    copy.must('knip', '--no-config-hints');
  });

  it('is linted and type-checked', () => {
    // As the targets lint and typecheck do, each in one process.
    copy.must('eslint', 'libs/child-process-workers', 'apps/child-processes', 'infra/src/techniques.ts');
    copy.must('tsc', '--build', 'libs/child-process-workers', 'apps/child-processes', 'infra');
  });

  // The tests of what is made of the list; those of the construct and the command line do not read it.
  it('is deployed beside the others', () => {
    copy.must('vitest', 'run', '--root', 'infra', 'parallel-lambda-stack', 'operation', 'nag', 'sources');
  });

  it('works on a batch in the local Lambda', () => {
    copy.must('nx', 'synth', 'infra');
    const message = JSON.stringify([{ wait: 1 }, { fail: true }]);
    const output = copy.must('npx', 'lab', 'invoke', 'child-processes', '--messages', '3', '--body', message);
    expect(output.match(/"itemIdentifier"/g)).toHaveLength(3);
  });

  it('touches nothing else', () => {
    const written = 'libs/child-process-workers/src/work-on-batch.ts';
    expect(copy.must('git', 'diff', '--name-only').trim()).toBe(written);
  });
});
