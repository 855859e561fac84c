import { LabError } from '@parallel-lambda/local-lambda';
import { Command, InvalidArgumentError, Option } from 'commander';

/** An option of a command. Without a `metavar` it is a flag. */
export interface OptionDefinition {
  readonly description: string;
  /** The placeholder for the value in the help, in capitals. */
  readonly metavar?: string;
  readonly default?: string | number;
  /** Describes the default in the help, if it is not a fixed value. */
  readonly defaultText?: string;
  /** @throws {LabError} `usage`, if the value is not allowed */
  readonly parse?: (text: string) => unknown;
  readonly choices?: readonly string[];
  readonly variadic?: true;
  readonly required?: true;
  /** Makes it a flag that is set unless `--no-NAME` is given. */
  readonly negated?: true;
  /** Options that cannot be used together with this one. */
  readonly conflicts?: readonly string[];
  /** Options that this one sets. */
  readonly implies?: Readonly<Record<string, unknown>>;
}

/** A command as data. Its options are named as in camel case: `batchSize` is `--batch-size`. */
export interface CommandDefinition {
  readonly name: string;
  readonly description: string;
  readonly argument?: {
    readonly name: string;
    readonly description: string;
    /** Makes it a list, which may be empty. */
    readonly variadic?: true;
  };
  readonly options: Readonly<Record<string, OptionDefinition>>;
  /** Command lines for the help, without the name of the program. */
  readonly examples: readonly string[];
}

type ValueOf<O extends OptionDefinition> = O extends { choices: readonly (infer C)[]; variadic: true }
  ? readonly C[]
  : O extends { choices: readonly (infer C)[] }
    ? C
    : O extends { parse: (text: string) => infer V }
      ? V
      : O extends { metavar: string }
        ? string
        : boolean;

type AlwaysSet<O> = {
  [K in keyof O]: O[K] extends { default: unknown } | { required: true } | { negated: true } ? K : never;
}[keyof O];

/** The options of a command as its `run` receives them. */
export type OptionsOf<
  D extends CommandDefinition,
  O extends CommandDefinition['options'] = D['options'],
> = Readonly<
  { [K in AlwaysSet<O>]: ValueOf<O[K]> } & { [K in Exclude<keyof O, AlwaysSet<O>>]?: ValueOf<O[K]> }
>;

/** The argument of a command as its `run` receives it. */
export type ArgumentOf<D extends CommandDefinition> = D extends { argument: { variadic: true } }
  ? readonly string[]
  : D extends { argument: object }
    ? string
    : undefined;

/** Runs a command and returns its exit code. */
export type Run<D extends CommandDefinition> = (
  options: OptionsOf<D>,
  argument: ArgumentOf<D>,
) => Promise<number>;

/** Adds a command to a program, and passes its exit code on. */
export type AddCommand = (program: Command, onExit: (code: number) => void) => void;

/**
 * Makes a command of its definition.
 *
 * @param load imports the module that runs it, which is not needed for the help
 */
export function command<D extends CommandDefinition>(
  definition: D,
  load: () => Promise<{ readonly run: Run<D> }>,
): AddCommand {
  const { name, description, argument, options, examples } = definition;
  return (program, onExit) => {
    const added = program.command(name).description(description);
    if (argument) {
      const shown = argument.variadic ? `[${argument.name}...]` : `<${argument.name}>`;
      added.argument(shown, argument.description);
    }
    for (const [key, option] of Object.entries(options)) added.addOption(optionOf(key, option));
    const lines = examples.map((example) => `\n  ${program.name()} ${example}`);
    if (lines.length > 0) added.addHelpText('after', `\nExamples:${lines.join('')}`);
    added.action(async (...values: unknown[]) => {
      const { run } = await load();
      const [given, set] = argument ? values : [undefined, ...values];
      onExit(await run(set as OptionsOf<D>, given as ArgumentOf<D>));
    });
  };
}

function optionOf(key: string, definition: OptionDefinition): Option {
  const { description, metavar, defaultText, parse, choices, variadic, required, negated } = definition;
  const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const value = metavar === undefined ? '' : ` <${metavar}${variadic ? '...' : ''}>`;
  const text = defaultText === undefined ? description : `${description} (default: ${defaultText})`;
  const option = new Option(`--${negated ? 'no-' : ''}${name}${value}`, text);
  if (definition.default !== undefined) option.default(definition.default, String(definition.default));
  if (parse) option.argParser(refusing(parse));
  if (choices) option.choices(choices);
  if (required) option.makeOptionMandatory();
  return option.conflicts([...(definition.conflicts ?? [])]).implies({ ...definition.implies });
}

/** Makes commander name the option and the value that are refused. */
function refusing(parse: (text: string, before?: never) => unknown) {
  return (text: string, before: unknown): unknown => {
    try {
      return parse(text, before as never);
    } catch (error) {
      if (error instanceof LabError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}
