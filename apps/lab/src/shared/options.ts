import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';
import { readPriceList, type PriceList } from '@parallel-lambda/report';
import { InvalidArgumentError } from 'commander';

import type { OptionDefinition } from './command.ts';

/** Parses a whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
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

function assemblyFolder(folder: string): string {
  if (existsSync(path.join(folder, 'manifest.json'))) return folder;
  throw new InvalidArgumentError('It must be a folder that cdk synth has written.');
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
  memory: {
    metavar: 'MB',
    description: 'memory size of the function',
    defaultText: 'as in the template',
    parse: wholeNumber(128, 10_240),
  },
  workers: {
    metavar: 'N',
    description: 'messages in flight',
    defaultText: "the function's own",
    parse: wholeNumber(1, 10_000),
  },
  threads: {
    metavar: 'N',
    description: 'threads of worker-threads',
    defaultText: 'one per vCPU',
    parse: wholeNumber(1, 64),
  },
  timeout: {
    metavar: 'SECONDS',
    description: 'timeout of the function',
    defaultText: 'as in the template',
    parse: wholeNumber(1, 900),
  },
  runtime: {
    metavar: 'CLIENT',
    description: "runtime client: the lab's own, or AWS's (npm i --no-save aws-lambda-ric)",
    choices: ['own', 'aws'],
    default: 'own',
  },
  assembly: {
    metavar: 'FOLDER',
    description: 'assembly of a CDK app',
    defaultText: 'infra/cdk.out',
    parse: assemblyFolder,
  },
  region: { metavar: 'NAME', description: 'AWS region for prices', default: 'us-east-1' },
  stack: { metavar: 'NAME', description: 'deployed stack', default: 'ParallelLambda' },
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
    html: { metavar: 'FILE', description: 'report to write', default: html },
    open: { description: 'do not open the report in the browser', negated: true },
    prices: {
      metavar: 'FILE',
      description: 'your own prices, in the format of libs/lab/report/prices.json',
      parse: prices,
    },
  } as const satisfies Record<string, OptionDefinition>;
}
