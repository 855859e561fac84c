import { Argument, type Command, type Option } from 'commander';

import type { AddCommand } from './command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

type Shell = (typeof shells)[number];

/** Values that are paths. The shell completes them. */
const paths = /FILE|FOLDER|PATH/;

/**
 * Makes the command `completion SHELL`, which prints a script that completes commands, options and their choices.
 *
 * @param print prints the script on stdout
 */
export const completionCommand =
  (print: (script: string) => void): AddCommand =>
  (program, onExit) => {
    program
      .command('completion')
      .description('Print a completion script for a shell')
      .addArgument(new Argument('<SHELL>').choices(shells))
      .addHelpText(
        'after',
        `\nExamples:\n  source <(${program.name()} completion bash)\n  ${program.name()} completion fish > ~/.config/fish/completions/${program.name()}.fish`,
      )
      .action((shell: Shell) => {
        print(completionScript(program, shell));
        onExit(0);
      });
  };

/** Returns the completion script of a program for a shell. */
export function completionScript(program: Command, shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bashScript(program);
    case 'zsh':
      return zshScript(program);
    case 'fish':
      return fishScript(program);
  }
}

function functionName(program: Command): string {
  return `_${program.name().replaceAll(/\W/g, '_')}`;
}

/** Names of options, without dashes. */
function longOf({ long }: Option): string {
  return long?.replace(/^--/, '') ?? '';
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function bashScript(program: Command): string {
  const cases = program.commands.flatMap((command) => {
    const choices = command.options.flatMap((option) =>
      option.argChoices ? [`      --${longOf(option)}) words='${option.argChoices.join(' ')}' ;;`] : [],
    );
    const files = command.options.filter((option) => takesValue(option) && !option.argChoices);
    const without = files.length === 0 ? [] : [`      ${files.map(longOf).map(dashed).join('|')}) words= ;;`];
    const options = command.options.map(longOf).map(dashed).join(' ');
    return [
      `    ${command.name()}) case $previous in`,
      ...choices,
      ...without,
      `      *) words='${options} --help ${argumentChoices(command).join(' ')}' ;;`,
      '    esac ;;',
    ];
  });
  return [
    `${functionName(program)}() {`,
    "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=''",
    `  if ((COMP_CWORD == 1)); then words='${program.commands.map((command) => command.name()).join(' ')} --help --version'`,
    '  else case ${COMP_WORDS[1]} in',
    ...cases,
    '  esac; fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    `complete -o default -F ${functionName(program)} ${program.name()}`,
  ].join('\n');
}

function dashed(name: string): string {
  return `--${name}`;
}

function argumentChoices({ registeredArguments: [argument] }: Command): readonly string[] {
  return argument?.argChoices ?? [];
}

function zshScript(program: Command): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const described = (text: string): string => text.replaceAll(/[[\]:\\]/g, (special) => `\\${special}`);
  const commands = program.commands.map((command) =>
    quoted(`${command.name()}:${described(command.description())}`),
  );
  const valueOf = (option: Option): string => {
    if (!takesValue(option)) return '';
    const [metavar = 'VALUE'] = /[A-Z][A-Z=.]*/.exec(option.flags) ?? [];
    if (option.argChoices) return `=:${metavar}:(${option.argChoices.join(' ')})`;
    return `=:${metavar}:${paths.test(metavar) ? '_files' : ''}`;
  };
  const optionOf = (option: Option): string => {
    const [name, value] = [`--${longOf(option)}`, valueOf(option)];
    return quoted(`${name}${value === '' ? '' : '='}[${described(option.description)}]${value.slice(1)}`);
  };
  const cases = program.commands.map((command) => {
    const choices = argumentChoices(command);
    const rest = quoted(choices.length > 0 ? `*:SHELL:(${choices.join(' ')})` : '*:argument:_files');
    return `    ${command.name()}) _arguments ${[...command.options.map(optionOf), rest].join(' ')} ;;`;
  });
  return [
    `#compdef ${program.name()}`,
    `${functionName(program)}() {`,
    '  local -a commands',
    `  commands=(${commands.join(' ')})`,
    '  if ((CURRENT == 2)); then _describe command commands; return; fi',
    '  local command=$words[2]',
    '  shift words; ((CURRENT--))',
    '  case $command in',
    ...cases,
    '  esac',
    '}',
    `compdef ${functionName(program)} ${program.name()}`,
  ].join('\n');
}

function fishScript(program: Command): string {
  const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, (special) => `\\${special}`)}'`;
  const start = `complete -c ${program.name()}`;
  const lines = program.commands.flatMap((command) => {
    const within = `${start} -n '__fish_seen_subcommand_from ${command.name()}'`;
    const options = command.options.map((option) => {
      const choices = option.argChoices ? ` -a ${quoted(option.argChoices.join(' '))}` : '';
      const value = takesValue(option) ? (paths.test(option.flags) ? ' -r -F' : ` -x${choices}`) : '';
      return `${within} -l ${longOf(option)}${value} -d ${quoted(option.description)}`;
    });
    const choices = argumentChoices(command).map((choice) => `${within} -a ${choice}`);
    const name = `${start} -n __fish_use_subcommand -f -a ${command.name()} -d ${quoted(command.description())}`;
    return [name, ...options, ...choices];
  });
  return lines.join('\n');
}
