import { number, text, type OptionDefinition } from '@parallel-lambda/command-line';
import {
  functionLimits,
  managedInstancesLimits,
  parseVariable,
  readTextSync,
  readVariables,
} from '@parallel-lambda/local-lambda';
import { parseAssemblyPath, parseLayer, parseParameters } from '@parallel-lambda/local-stack/options';
import { readPriceList } from '@parallel-lambda/report/options';

/** The longest timeout of a function on demand, in milliseconds. */
export const maxTimeoutMs = 1000 * functionLimits.timeoutSeconds[1];

/** Options that several commands have. */
export const shared = {
  memory: number('MB', 'memory size of the function', functionLimits.memoryMb, 'as in the template'),
  handler: text('FILE.EXPORT', 'handler, if FUNCTION is a folder', 'handler.handler or index.handler'),
  workers: number('N', 'messages in flight', [1, 10_000], "the function's own"),
  threads: number('N', 'threads of worker-threads', [1, 64], 'one per vCPU'),
  runtime: text('CLIENT', "runtime client: the lab's own, or AWS's (npm i --no-save aws-lambda-ric)", {
    choices: ['own', 'aws'],
    default: 'own',
  }),
  text: text('TEXT', 'body of each message that is not JSON', { conflicts: ['body'] }),
  assembly: text('PATH', 'CDK assembly, build of SAM or Serverless, or template', {
    defaultText: 'cdk.out, .aws-sam/build, .serverless or template.yaml',
    parse: parseAssemblyPath,
  }),
  parameter: text('NAME=VALUE', "values of the template's parameters, separated by commas", {
    defaultText: 'their defaults',
    parse: parseParameters,
  }),
  layer: text('NAME=PATH', 'folder or zip file of a layer, by name or ARN; repeat for several', {
    parse: parseLayer,
  }),
  region: text('NAME', 'AWS region for prices', { default: 'us-east-1' }),
  stack: text('NAME', 'deployed stack', { default: 'ParallelLambda' }),
} as const satisfies Record<string, OptionDefinition>;

const { memoryMb, timeoutSeconds } = managedInstancesLimits;

/** Settings of a function that may run on Managed Instances. The function itself checks the limits of others. */
export const settingsOptions = {
  memory: number('MB', 'memory size of the function', [functionLimits.memoryMb[0], memoryMb[1]], {
    defaultText: 'as in the template',
  }),
  timeout: number('SECONDS', 'timeout of the function', timeoutSeconds, 'as in the template'),
  node: text('SOURCE', "the Node.js of the function's runtime: as installed, or from npm with npx", {
    choices: ['installed', 'npx'],
    default: 'installed',
  }),
} as const satisfies Record<string, OptionDefinition>;

/** Options for the environment variables of a function, which has none of this machine. */
export const variableOptions = {
  env: text('NAME=VALUE', 'environment variable of the function; repeat for several', {
    parse: parseVariable,
  }),
  envFile: text('FILE', 'environment variables of the function, a NAME=VALUE per line', {
    parse: readVariables,
  }),
  awsCredentials: {
    description: "give the function this machine's AWS credentials: it can change your account",
  },
} as const satisfies Record<string, OptionDefinition>;

/** Options that limit an environment to the resources of its memory size. */
export const limitsOptions = {
  limits: { description: 'limit CPU time and memory as Lambda does for the memory size' },
  oversubscribe: {
    description: 'allow a memory size with more vCPUs than this machine has',
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
    prices: text('FILE', 'your own prices, as JSON: see the guide "Compare and tune"', {
      parse: (file: string) => readPriceList(readTextSync(file), file),
    }),
  } as const satisfies Record<string, OptionDefinition>;
}
