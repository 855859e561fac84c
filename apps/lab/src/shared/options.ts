import { existsSync } from 'node:fs';
import path from 'node:path';

import { InvalidArgumentError, Option } from 'commander';

/**
 * A parser for an option that is a whole number.
 *
 * @param least the smallest value allowed
 * @param most the largest
 */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Checks an option that is JSON, which stays a text: commander would take `null` for an option without value. */
export function json(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(`It must be JSON (${(error as Error).message}).`);
  }
}

export function memoryOption(description = 'memory size (default: as in the template)'): Option {
  return new Option('--memory <mb>', description).argParser(wholeNumber(128, 10_240));
}

/** A stack that is not the workspace's own. */
export function assemblyOption(): Option {
  return new Option('--assembly <dir>', 'a synthesized stack (default: infra/cdk.out)').argParser(
    (folder: string) => {
      if (existsSync(path.join(folder, 'manifest.json'))) return folder;
      throw new InvalidArgumentError('It must be a folder that cdk synth has written.');
    },
  );
}

export function runtimeOption(): Option {
  return new Option('--runtime <client>', 'the runtime client: own, or aws (npm i --no-save aws-lambda-ric)')
    .choices(['own', 'aws'])
    .default('own');
}

/** The options of an environment that is to be like Lambda's in more than its behaviour. */
export function fidelityOptions(): readonly Option[] {
  return [
    new Option('--strict', 'fail when an invocation leaves something running (slower)'),
    ...limitsOptions(),
  ];
}

/** The options that hold an environment to what its memory size buys. */
export function limitsOptions(): readonly Option[] {
  return [
    new Option('--limits', 'no more CPU time and memory than the memory size buys'),
    new Option('--oversubscribe', 'also where it buys more vCPUs than this machine has').implies({
      limits: true,
    }),
  ];
}

/** The options that say which deployed function is meant; `refused` are those that only a local one has. */
export function remoteOptions(refused: readonly string[]): readonly Option[] {
  return [
    new Option('--remote', 'as it is deployed: by AWS, or what AWS_ENDPOINT_URL names').conflicts([
      ...refused,
    ]),
    stackOption().implies({ remote: true }),
  ];
}

export function stackOption(): Option {
  return new Option('--stack <name>', 'the deployed stack').default('ParallelLambda');
}

/** Which deployed function is meant, if any. */
export interface RemoteOptions {
  readonly remote?: boolean;
  readonly stack: string;
}
