import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';

import { quietProgram } from './quiet-program.ts';

async function parse(...argv: string[]): Promise<unknown[][]> {
  const { program, calls } = quietProgram();
  await program.parseAsync(argv, { from: 'user' });
  return calls;
}

/** Returns the error of the command line for wrong arguments. */
async function complaint(...argv: string[]): Promise<string> {
  const { program, calls, written } = quietProgram();
  await expect(program.parseAsync(argv, { from: 'user' })).rejects.toThrow(CommanderError);
  expect(calls).toEqual([]);
  return written();
}

async function help(...argv: string[]): Promise<string> {
  const { program, written } = quietProgram();
  await expect(program.parseAsync([...argv, '--help'], { from: 'user' })).rejects.toMatchObject({
    exitCode: 0,
  });
  return written();
}

describe('the command line', () => {
  it('passes the options of invoke with their meaning', async () => {
    const options =
      '--messages 64 --body {"hash":7} --workers 4 --threads 2 --memory 3538 --timeout 3 --runtime aws --json';
    await expect(parse('invoke', 'promises', ...options.split(' '))).resolves.toEqual([
      [
        'invoke',
        'promises',
        {
          messages: 64,
          body: '{"hash":7}',
          workers: 4,
          threads: 2,
          memory: 3538,
          timeout: 3,
          node: 'installed',
          runtime: 'aws',
          json: true,
          stack: 'ParallelLambda',
        },
      ],
    ]);
  });

  it('uses the settings of the template unless invoke has options', async () => {
    await expect(parse('invoke', 'promises')).resolves.toEqual([
      ['invoke', 'promises', { node: 'installed', runtime: 'own', stack: 'ParallelLambda' }],
    ]);
  });

  it('passes the settings of the environment', async () => {
    await expect(parse('invoke', 'promises', '--strict', '--limits')).resolves.toMatchObject([
      ['invoke', 'promises', { strict: true, limits: true }],
    ]);
    await expect(complaint('invoke', 'promises', '--remote', '--strict')).resolves.toContain('--strict');
  });

  it('limits an oversubscribed environment', async () => {
    await expect(parse('invoke', 'promises', '--oversubscribe')).resolves.toMatchObject([
      ['invoke', 'promises', { limits: true, oversubscribe: true }],
    ]);
  });

  it('treats a named stack as a deployed one', async () => {
    await expect(parse('invoke', 'promises', '--stack', 'Staging')).resolves.toEqual([
      ['invoke', 'promises', { node: 'installed', runtime: 'own', stack: 'Staging', remote: true }],
    ]);
  });

  it.each(['--workers', '--threads', '--timeout'])(
    'refuses %s with --remote: a deployed function is as it is deployed',
    async (option) => {
      const said = await complaint('invoke', 'promises', '--remote', option, '60');
      expect(said).toContain("option '--remote' cannot be used with option");
      expect(said).toContain(option);
    },
  );

  it('takes four samples of each by default', async () => {
    await expect(parse('compare')).resolves.toEqual([
      [
        'compare',
        {
          runs: 4,
          budget: 55,
          runtime: 'own',
          stack: 'ParallelLambda',
          region: 'us-east-1',
          json: 'out/compare.json',
          html: 'out/compare.html',
          open: true,
        },
      ],
    ]);
  });

  it('sends a hundred messages that wait 200 ms by default', async () => {
    await expect(parse('send', 'promises')).resolves.toEqual([
      ['send', 'promises', { messages: 100, body: '{"wait":200}', stack: 'ParallelLambda' }],
    ]);
  });

  it.each([
    ['--messages', '0', 'from 1 to 10000'],
    ['--messages', '10001', 'from 1 to 10000'],
    ['--messages', '1.5', 'from 1 to 10000'],
    ['--messages', '1e3', 'from 1 to 10000'],
    ['--messages', ' 5', 'from 1 to 10000'],
    ['--messages', '', 'from 1 to 10000'],
    ['--workers', '0', 'from 1 to 10000'],
    ['--workers', 'many', 'from 1 to 10000'],
    ['--threads', '65', 'from 1 to 64'],
    ['--memory', '127', 'from 128 to 32768'],
    ['--memory', '32769', 'from 128 to 32768'],
    ['--timeout', '0', 'from 1 to 5400'],
    ['--timeout', '5401', 'from 1 to 5400'],
    ['--timeout', '-1', 'from 1 to 5400'],
    ['--body', '{"wait":', 'It must be JSON'],
    ['--runtime', 'java', 'own, aws'],
  ])('refuses %s "%s" and names the expected value', async (option, value, expected) => {
    const said = await complaint('invoke', 'promises', option, value);
    expect(said).toContain(option);
    expect(said).toContain(`'${value}'`);
    expect(said).toContain(expected);
  });

  it.each([
    ['an unknown option', ['invoke', 'promises', '--worker', '4'], "unknown option '--worker'"],
    ['it, with a suggestion', ['invoke', 'promises', '--worker', '4'], '(Did you mean --workers?)'],
    ['an option without its value', ['invoke', 'promises', '--workers'], 'argument missing'],
    ['invoke without a function', ['invoke'], "missing required argument 'FUNCTION'"],
    ['invoke with two functions', ['invoke', 'promises', 'effect-fibers'], 'too many arguments'],
    ['an unknown command', ['invokes', 'promises'], "unknown command 'invokes'"],
    ['it, with a suggestion', ['invokes', 'promises'], '(Did you mean invoke?)'],
    ['--event with --messages', ['invoke', 'promises', '--event', '-', '--messages', '4'], 'cannot be used'],
    ['--event with --body', ['invoke', 'promises', '--event', '-', '--body', '1'], 'cannot be used'],
    ['--text with --body', ['invoke', 'promises', '--text', 'hello', '--body', '1'], 'cannot be used'],
    ['send of --text with --body', ['send', 'promises', '--text', 'hello', '--body', '1'], 'cannot be used'],
    ['compare with no runs', ['compare', '--runs', '0'], 'from 1 to 100'],
    ['compare with no time', ['compare', '--budget', '0'], 'from 1 to 3600'],
    ['compare with a function', ['compare', 'promises'], 'too many arguments'],
    ['send without a name', ['send'], "missing required argument 'NAME'"],
    ['send of no messages', ['send', 'promises', '--messages', '0'], 'from 1 to 1000000'],
    ['send of no groups', ['send', 'promises', '--groups', '0'], 'from 1 to 10000'],
    ['send of what is not JSON', ['send', 'promises', '--body', 'hello'], 'It must be JSON'],
    ['status of one function', ['status', 'promises'], 'too many arguments'],
    ['status both once and again', ['status', '--once', '--watch'], 'cannot be used'],
    [
      'serve of no assembly',
      ['serve', '--assembly', '/nowhere'],
      'a folder that cdk synth, sam build or serverless package has written',
    ],
    [
      'chaos of no assembly',
      ['chaos', '--assembly', '/nowhere'],
      'a folder that cdk synth, sam build or serverless package has written',
    ],
    ['chaos of two lengths', ['chaos', '--minutes', '3', '--messages', '9'], 'cannot be used with'],
    ['status of no minutes', ['status', '--minutes', '0'], 'from 1 to 1440'],
  ])('refuses %s', async (_, argv, expected) => {
    await expect(complaint(...argv)).resolves.toContain(expected);
  });
});

describe('the help', () => {
  const commands = [
    'invoke',
    'compare',
    'draw',
    'serve',
    'chaos',
    'check',
    'tune',
    'plan',
    'send',
    'status',
    'completion',
  ];

  it('lists every command, and the exit codes', async () => {
    const text = await help();
    for (const command of commands) expect(text).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(text).toContain('Exit codes: 0 ');
  });

  it.each(commands)(
    'of %s describes every option, with its default, in at most 80 columns',
    async (command) => {
      const text = await help(command);
      expect(text).toMatch(new RegExp(`^Usage: lab ${command} `));
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(text.match(/^ {2}--?\S+( <\S+>)? *$/gm)).toBeNull();
      expect(text).toMatch(/\nExamples:\n {2}\S/);
    },
  );

  it('of compare states the defaults', async () => {
    const text = await help('compare');
    expect(text).toContain('(default: out/compare.json)');
    expect(text).toContain('(default: us-east-1)');
  });
});
