import { execFileSync, spawnSync } from 'node:child_process';

import { Command } from 'commander';
import { describe, expect, it } from 'vitest';

import { completionScript } from '../src/completion.ts';
import { command, completionCommand, text } from '../src/index.ts';

function program(): Command {
  const made = new Command('orders-tool').exitOverride();
  const run = () => Promise.resolve({ run: () => Promise.resolve(0) });
  const invoke = {
    name: 'invoke',
    description: "Invoke a function: it's [one] call",
    argument: { name: 'FUNCTION', description: 'name' },
    options: {
      runtime: text('CLIENT', 'runtime client', { choices: ['own', 'aws'] }),
      eventFile: text('FILE', 'event to send'),
      json: { description: 'print JSON' },
    },
    examples: [],
  } as const;
  command(invoke, run)(made, () => undefined);
  command({ name: 'serve', description: 'Serve', options: {}, examples: [] }, run)(made, () => undefined);
  completionCommand(() => undefined)(made, () => undefined);
  return made;
}

/** Returns the completions of bash after the words, the last of which is incomplete. */
function completedByBash(...words: readonly string[]): readonly string[] {
  const script = [
    completionScript(program(), 'bash'),
    `COMP_WORDS=(orders-tool ${words.map((word) => `'${word}'`).join(' ')})`,
    `COMP_CWORD=${words.length}`,
    '_orders_tool',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('bash completes', () => {
  it.each([
    ['commands', [''], ['invoke', 'serve', 'completion', '--help', '--version']],
    ['a command that was begun', ['in'], ['invoke']],
    ['options of the command', ['invoke', 'orders', '--'], ['--runtime', '--event-file', '--json', '--help']],
    ['choices of an option', ['invoke', 'orders', '--runtime', ''], ['own', 'aws']],
    ['shells', ['completion', ''], ['--help', 'bash', 'zsh', 'fish']],
    ['files alone after an option with a file', ['invoke', 'orders', '--event-file', ''], []],
  ])('%s', (_, words, expected) => {
    expect(completedByBash(...words)).toEqual(expected);
  });
});

it('the script for zsh describes commands and options, quoted', () => {
  const script = completionScript(program(), 'zsh');
  expect(script).toContain('#compdef orders-tool');
  expect(script).toContain(String.raw`'invoke:Invoke a function\: it'\''s \[one\] call'`);
  expect(script).toContain("'--runtime=[runtime client]:CLIENT:(own aws)'");
  expect(script).toContain("'--event-file=[event to send]:FILE:_files'");
  expect(script).toContain("'--json[print JSON]'");
});

it('the script for fish describes commands and options, quoted', () => {
  const script = completionScript(program(), 'fish');
  expect(script).toContain(String.raw`-a invoke -d 'Invoke a function: it\'s [one] call'`);
  expect(script).toContain("-l runtime -x -a 'own aws' -d 'runtime client'");
  expect(script).toContain("-l event-file -r -F -d 'event to send'");
});

it.each(['zsh', 'fish'] as const)('%s takes the script, where it is installed', (shell) => {
  const checked = spawnSync(shell, ['--no-execute', '/dev/stdin'], {
    input: completionScript(program(), shell),
    encoding: 'utf8',
  });
  // Neither shell is part of every machine.
  const missing = (checked.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  expect(missing || checked.status === 0).toBe(true);
});

it('another shell is refused with a list of the known ones', async () => {
  const made = program().configureOutput({ writeErr: () => undefined });
  await expect(made.parseAsync(['completion', 'tcsh'], { from: 'user' })).rejects.toThrow(/bash, zsh, fish/);
});
