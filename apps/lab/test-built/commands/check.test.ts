import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkIds } from '@parallel-lambda/check/options';
import { afterAll, describe, expect, it } from 'vitest';

import { runLab, type LabRun } from '../../test/run-lab.ts';
import { builtFunctions } from '../built-functions.ts';
import { buildCalibrationFunctions, calibrationVariables } from '../calibration-functions.ts';

const functions = await buildCalibrationFunctions();

afterAll(() => functions[Symbol.asyncDispose]());

/** Every check but the slowest, which is run where it matters. */
const quick = checkIds.filter((id) => id !== 'memory' && id !== 'leftovers');

describe.concurrent('check of the functions of this repository', { timeout: 120_000 }, () => {
  it.each(builtFunctions.map(({ name, codeFolder, handler }) => [name, codeFolder, handler] as const))(
    'finds nothing wrong with %s',
    async (_, codeFolder, handler) => {
      const body = '[{"fetch":"http://127.0.0.1:8080/{n}"}]';
      const args = [
        '--handler',
        handler,
        '--body',
        body,
        '--only',
        'lost',
        'exact',
        'response',
        'limit',
        'awaited',
      ];
      const { code, stdout } = await lab('check', codeFolder, ...args, '--memory', '3538', '--json');
      expect(resultsOf(stdout)).toEqual({
        lost: 'yes',
        exact: 'yes',
        response: 'yes',
        limit: 'yes',
        awaited: 'yes',
      });
      expect(code).toBe(0);
    },
  );
});

it(
  'looks at the memory of a function whose main thread waits for its threads',
  { timeout: 120_000 },
  async () => {
    const { codeFolder = '', handler = '' } =
      builtFunctions.find(({ name }) => name === 'worker-threads') ?? {};
    const body = '[{"fetch":"http://127.0.0.1:8080/{n}"}]';
    const { stdout } = await lab(
      'check',
      codeFolder,
      '--handler',
      handler,
      '--body',
      body,
      '--only',
      'memory',
      '--json',
    );
    expect(['yes', 'unknown']).toContain(resultsOf(stdout).memory);
  },
);

describe.concurrent('lab check', { timeout: 60_000 }, () => {
  const env = Object.entries(calibrationVariables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const checkFixture = (name: string, ...args: string[]) =>
    lab('check', functions.folder, '--handler', `${name}.handler`, ...args);

  it('prints results, findings and fixes within 80 columns, without colours in a pipe', async () => {
    const { code, stdout } = await checkFixture('swallows-status', ...env, '--only', 'lost', 'exact');
    expect(stdout).toContain('0 of 2 checks passed, 1 failed, 1 unknown');
    expect(stdout).toContain('the HTTP status is not checked');
    expect(stdout).toMatch(/Fix: +Do not swallow errors/);
    expect(stdout.split('\n').filter(({ length }) => length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001B');
    expect(code).toBe(1);
  });

  it('passes a function whose failures are below --fail-on', async () => {
    const { code } = await checkFixture('unbounded', ...env, '--only', 'limit', '--fail-on', 'error');
    expect(code).toBe(0);
  });

  it('states in one sentence why it cannot check, without verdicts', async () => {
    const { code, stdout } = await checkFixture('correct-by-hand', '--json');
    const { problem, results } = JSON.parse(stdout) as { problem: string; results: unknown[] };
    expect(problem).toContain(
      'It reads environment variables that are not set: SERVICE_URL. Set them with --env NAME=VALUE.',
    );
    expect(results).toEqual([]);
    expect(code).toBe(1);
  });

  it('refuses an event without messages', async () => {
    const event = path.join(functions.folder, 'event.json');
    await writeFile(event, '{"detail":"not a batch"}');
    const { code, stderr } = await checkFixture('correct-by-hand', '--event', event);
    expect(stderr).toContain('event.json has no messages of SQS, Kinesis, DynamoDB Streams or Kafka');
    expect(code).toBe(2);
  });

  it('has no findings for the example in docs/checking.md', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'check-'));
    const document = await readFile(
      path.resolve(import.meta.dirname, '../../../../docs/checking.md'),
      'utf8',
    );
    const example = /^```js\n(.*?)^```$/ms.exec(document)?.[1] ?? '';
    await writeFile(path.join(folder, 'index.mjs'), example);
    const { code, stdout } = await lab('check', folder, ...env, '--json', '--only', ...quick);
    await rm(folder, { recursive: true });
    expect(Object.values(resultsOf(stdout))).not.toContain('no');
    expect(code).toBe(0);
  });

  it('refuses a folder without a handler', async () => {
    const { code, stderr } = await lab('check', functions.folder);
    expect(stderr).toContain('name the handler by --handler');
    expect(code).toBe(2);
  });
});

function resultsOf(report: string): Readonly<Record<string, string>> {
  const { results } = JSON.parse(report) as { results: readonly { id: string; result: string }[] };
  return Object.fromEntries(results.map(({ id, result }) => [id, result]));
}

function lab(...args: string[]): Promise<LabRun> {
  return runLab(args);
}
