import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { runLab } from '../../test/run-lab.ts';

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

const docs = path.resolve(import.meta.dirname, '../../../../docs');

async function codeIn(document: string, language: string): Promise<string> {
  const text = await readFile(path.join(docs, document), 'utf8');
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(text)?.[1] ?? '';
}

const workflow = parse(await codeIn('check-in-ci.md', 'yaml')) as Workflow;
const commands = Object.values(workflow.jobs)
  .flatMap(({ steps }) => steps.flatMap(({ run = '' }) => run.split('\n')))
  .filter((line) => line.trim().startsWith('npx parallel-lambda '));

/** The arguments of a command of the workflow, as its shell expands them. */
function argumentsOf(line: string): readonly string[] {
  const [, rest = ''] = /npx parallel-lambda (.*?)(?: (?:>|\| tee) \S+)?$/.exec(line) ?? [];
  return rest.replace('$FUNCTION', workflow.env.FUNCTION ?? '').split(' ');
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ci-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the workflow of docs/check-in-ci.md', { timeout: 60_000 }, () => {
  it('checks every pull request, and tunes on demand', () => {
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'workflow_dispatch']);
    expect(commands.map((line) => argumentsOf(line)[0])).toEqual(['check', 'check', 'tune']);
  });

  it.each(commands)('has a command that this version understands: %s', async (line) => {
    const args = argumentsOf(line).map((arg) => arg.replace('./dist', path.join(folder, 'missing')));
    const { code, stderr } = await runLab(args);
    // The only mistakes are files that are not here.
    expect(stderr).toMatch(/There is no folder|Cannot read|no such file/);
    expect(stderr).not.toMatch(/unknown option|too many arguments|Run '.*--help'/);
    expect(code).not.toBe(0);
  });

  it('comments on the differences from the main branch', async () => {
    const example = await codeIn('checking.md', 'js');
    const file = path.join(folder, 'index.mjs');
    const check = ['check', folder, '--env', 'SERVICE_URL=https://orders.test', '--only', 'lost', 'limit'];
    await writeFile(file, example);
    const main = await runLab([...check, '--json', '--fail-on', 'never']);
    expect(main.code).toBe(0);
    const before = path.join(folder, 'main.json');
    await writeFile(before, main.stdout);
    await writeFile(file, example.replace(/^.*if \(!response\.ok\).*\n/m, ''));
    const markdown = path.join(folder, 'check.md');
    const { code } = await runLab([...check, '--before', before, '--markdown', markdown]);
    const comment = await readFile(markdown, 'utf8');
    expect(comment).toMatch(/^\| ✗ \| reports failed messages \| .* \| was ✓ \|$/m);
    expect(comment).toMatch(/^\| ✓ \| limits the messages in flight \| .* \| the same \|$/m);
    expect(comment).toContain('Fix: Do not swallow errors, check `response.ok`');
    expect(code).toBe(1);
  });
});
