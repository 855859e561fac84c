import { describe, expect, it } from 'vitest';

import { runLab } from '../../test/run-lab.ts';
import { builtFunctions } from '../built-functions.ts';
import { messages } from '../messages.ts';
import { sqsEvent } from '../sqs-event.ts';

const names = builtFunctions.map(({ name }) => name);

describe('lab invoke', () => {
  it.each(names)('%s: the response on stdout, the log with its REPORT line on stderr', async (name) => {
    const { code, stdout, stderr } = await runLab([
      'invoke',
      name,
      '--messages',
      '3',
      '--body',
      '{"wait":1}',
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"batchItemFailures":[]}\n' });
    expect(stderr).toMatch(
      /^START RequestId: .+\nMETRICS MessagesSucceeded: 3\t.+ ms\nREPORT RequestId: .+ MB\tInit Duration: .+ ms\n$/,
    );
  });

  it('works on an event of stdin', async () => {
    const event = JSON.stringify(sqsEvent(messages([], { fail: true })));
    const { code, stdout, stderr } = await runLab(['invoke', 'promises', '--event', '-'], event);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '{"batchItemFailures":[{"itemIdentifier":"m2"}]}\n',
    });
    expect(stderr).toContain('1 of 2 messages failed');
  });

  it('prints one object with --json, and nothing to stderr', async () => {
    const { code, stdout, stderr } = await runLab([
      'invoke',
      'promises',
      '--messages',
      '1',
      '--body',
      '[]',
      '--json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      response: { batchItemFailures: [] },
      error: null,
      log: expect.stringContaining('platform.report') as string,
      report: expect.objectContaining({ memorySizeMb: 3008 }) as object,
      isolation: expect.objectContaining({ isolated: expect.any(Boolean) as boolean }) as object,
    });
  });

  it('ends with 1 when the function fails, its error on stdout', async () => {
    const { code, stdout, stderr } = await runLab(['invoke', 'promises', '--event', '-'], '{"no":"batch"}');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ errorType: 'InvalidEventError' });
    expect(stderr).toContain('REPORT RequestId: ');
  });

  it('runs the function with the settings of its options', async () => {
    const settings = ['--workers', '1', '--memory', '1769', '--timeout', '1'];
    const { code, stdout, stderr } = await runLab([
      'invoke',
      'promises',
      '--body',
      '{"wait":900}',
      ...settings,
    ]);
    expect(code).toBe(0);
    expect(stdout.match(/itemIdentifier/g)).toHaveLength(100);
    expect(stderr).toContain('Memory Size: 1769 MB');
    expect(stderr).toContain('99 of 100 messages were not started');
  });

  it.each([
    ['null', /not null/],
    ['0', /not 0/],
    ['""', /not ''/],
    ['[]', /^(?!.*failed)/s],
  ])('sends the body %s unchanged', async (body, expected) => {
    const { stderr } = await runLab(['invoke', 'promises', '--messages', '1', '--body', body]);
    expect(stderr).toMatch(expected);
  });

  it('runs a function of any folder', async () => {
    const [promises] = builtFunctions.map(({ codeFolder }) => codeFolder);
    const { code, stdout, stderr } = await runLab([
      'invoke',
      promises ?? '',
      '--body',
      '[]',
      '--messages',
      '1',
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"batchItemFailures":[]}\n' });
    expect(stderr).toContain('Memory Size: 1769 MB');
  });

  it.each([
    [['/no/such/folder'], 'There is no folder /no/such/folder'],
    [[import.meta.dirname], 'There is no handler.js or index.js in '],
    [[import.meta.dirname, '--handler', 'app.handler'], 'There is no app.js, .mjs or .cjs in '],
    [['promises', '--handler', 'app.handler'], '--handler needs a folder'],
  ])('ends with 2 for %j', async (argv, expected) => {
    const { code, stdout, stderr } = await runLab(['invoke', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`lab: ${expected}`);
  });

  it('exits with 2 for an unknown function, and lists the known ones', async () => {
    const { code, stdout, stderr } = await runLab(['invoke', 'fibers']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`lab: Cannot find the function "fibers". Available functions: ${names.join(', ')}\n`);
  });
});
