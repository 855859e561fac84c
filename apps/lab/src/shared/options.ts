import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

import { functionLimits, LabError } from '@parallel-lambda/local-lambda';
import { readPriceList, type PriceList } from '@parallel-lambda/report/options';
import { InvalidArgumentError } from 'commander';

import type { OptionDefinition } from './command.ts';

type Rest = Omit<OptionDefinition, 'metavar' | 'description' | 'parse'>;

/** Declares an option with a number from `min` to `max`, without a fraction unless `fraction` is set. */
export function number<const R extends Rest & { readonly fraction?: true }>(
  metavar: string,
  description: string,
  [min, max]: readonly [min: number, max: number],
  rest: R = {} as R,
) {
  const [pattern, kind] = rest.fraction ? [/^\d+(\.\d+)?$/, 'number'] : [/^\d+$/, 'whole number'];
  const parse = (given: string): number => {
    const value = Number(given);
    if (pattern.test(given) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a ${kind} from ${min} to ${max}.`);
  };
  return { ...rest, metavar, description, parse };
}

/** Declares an option with any other value. */
export function text<const R extends Omit<OptionDefinition, 'metavar' | 'description'>>(
  metavar: string,
  description: string,
  rest: R = {} as R,
) {
  return { ...rest, metavar, description };
}

/** Checks JSON, and keeps it as text: commander takes `null` for an option without a value. */
export function json(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(`It must be JSON (${(error as Error).message}).`);
  }
}

/** A folder that `cdk synth` or `sam build` wrote, or a template file. */
function assemblyPath(given: string): string {
  const templates = ['template.yaml', 'template.yml', 'template.json'];
  const isFile = statSync(given, { throwIfNoEntry: false })?.isFile();
  if (isFile || ['manifest.json', ...templates].some((file) => existsSync(path.join(given, file))))
    return given;
  throw new InvalidArgumentError(
    'It must be a folder that cdk synth or sam build has written, or a template file.',
  );
}

/** Parses `NAME=VALUE,…`. A value may contain commas. */
function parameters(given: string): Readonly<Record<string, string>> {
  const pairs = given.split(/,(?=\w+=)/).map((pair): [string, string] => {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
    if (name !== undefined && value !== undefined) return [name, value];
    throw new InvalidArgumentError('It must be NAME=VALUE, separated by commas.');
  });
  return Object.fromEntries(pairs);
}

/** Parses `NAME=VALUE`, and adds it to those before. */
function variable(
  given: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(given) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It must be NAME=VALUE.');
  return { ...before, [name]: value };
}

/** @throws {LabError} `usage`, if the file cannot be read */
function variables(file: string): Readonly<Record<string, string>> {
  try {
    return parseEnv(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch (cause) {
    throw new LabError('usage', `${file} cannot be read: ${(cause as Error).message}`);
  }
}

/** @throws {LabError} `usage`, if the file cannot be read, or is not a list of prices */
function prices(file: string): PriceList {
  try {
    return readPriceList(readFileSync(file, 'utf8'), file);
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw new LabError('usage', `${file} cannot be read: ${(cause as Error).message}`);
  }
}

/** Options that several commands have. */
export const shared = {
  memory: number('MB', 'memory size of the function', functionLimits.memoryMb, {
    defaultText: 'as in the template',
  }),
  workers: number('N', 'messages in flight', [1, 10_000], { defaultText: "the function's own" }),
  threads: number('N', 'threads of worker-threads', [1, 64], { defaultText: 'one per vCPU' }),
  timeout: number('SECONDS', 'timeout of the function', functionLimits.timeoutSeconds, {
    defaultText: 'as in the template',
  }),
  runtime: text('CLIENT', "runtime client: the lab's own, or AWS's (npm i --no-save aws-lambda-ric)", {
    choices: ['own', 'aws'],
    default: 'own',
  }),
  assembly: text('PATH', 'CDK assembly, SAM build or template', {
    defaultText: 'cdk.out, .aws-sam/build or template.yaml',
    parse: assemblyPath,
  }),
  parameter: text('NAME=VALUE', "values of the template's parameters, separated by commas", {
    defaultText: 'their defaults',
    parse: parameters,
  }),
  region: text('NAME', 'AWS region for prices', { default: 'us-east-1' }),
  stack: text('NAME', 'deployed stack', { default: 'ParallelLambda' }),
} as const satisfies Record<string, OptionDefinition>;

/** Options for the environment variables of a function, which has none of this machine. */
export const variableOptions = {
  env: text('NAME=VALUE', 'environment variable of the function; repeat for several', { parse: variable }),
  envFile: text('FILE', 'environment variables of the function, a NAME=VALUE per line', { parse: variables }),
  awsCredentials: {
    description: "give the function this machine's AWS credentials: it can change your account",
  },
} as const satisfies Record<string, OptionDefinition>;

/** Options that hold an environment to what its memory size buys. */
export const limitsOptions = {
  limits: { description: 'limit CPU time and memory to what the memory size buys' },
  oversubscribe: {
    description: 'limit them also if that is more vCPUs than this machine has',
    implies: { limits: true },
  },
} as const satisfies Record<string, OptionDefinition>;

/** Options that choose the deployed function. */
export function remoteOptions<const C extends readonly string[]>(conflicts: C) {
  return {
    remote: { description: 'use the deployed stack, at AWS or at AWS_ENDPOINT_URL', conflicts },
    stack: { ...shared.stack, implies: { remote: true } },
  } as const satisfies Record<string, OptionDefinition>;
}

/** Options that say where a report is written. */
export function reportOptions(html: string) {
  return {
    html: text('FILE', 'report to write', { default: html }),
    open: { description: 'do not open the report in the browser', negated: true },
    prices: text('FILE', 'your own prices, in the format of libs/lab/report/prices.json', { parse: prices }),
  } as const satisfies Record<string, OptionDefinition>;
}
