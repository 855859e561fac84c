import { checkIds, failLevels, sourceNames } from '@parallel-lambda/check/options';
import { json, number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';
import { functionLimits } from '@parallel-lambda/local-lambda';

import { shared, variableOptions } from '../shared/options.ts';

export const checkCommand = {
  name: 'check',
  description:
    'Check what a built batch function does with failures, timeouts, order and redelivery\n' +
    'The lab invokes the function with batches, and simulates the HTTP services that the function calls.',
  argument: {
    name: 'FUNCTION',
    description: 'folder that would be deployed, such as ./dist, or a name in --assembly',
  },
  options: {
    handler: shared.handler,
    event: text('FILE', 'event with your own messages; repeat for several', {
      conflicts: ['body', 'text'],
      parse: (file: string, before: readonly string[] = []): readonly string[] => [...before, file],
    }),
    body: text('JSON', 'body of each message; {n} is a counter, {id} an identifier', {
      defaultText: '{"id":"{id}",…}',
      parse: (body: string) => json(body.replaceAll(/\{(?:n|id)\}/g, '0')) && body,
    }),
    text: shared.text,
    source: text('SOURCE', 'source of the batches', {
      choices: sourceNames,
      defaultText: 'that of the event, or sqs',
    }),
    only: text('CHECKS', 'run only these checks', { choices: checkIds, variadic: true }),
    seed: number('N', 'seed of the identifiers and of the messages that fail', [0, 20_000], 1),
    messages: number('N', 'messages in the largest batch', [2, 10_000], {
      defaultText: 'the batch size of the mapping, or 400',
    }),
    timeout: number('SECONDS', 'timeout of the function', functionLimits.timeoutSeconds, {
      defaultText: 'as in the template, or 3',
    }),
    memory: text('MB', 'memory size of the function', {
      defaultText: 'as in the template, or 1769',
      parse: shared.memory.parse,
    }),
    runtime: shared.runtime,
    env: variableOptions.env,
    envFile: variableOptions.envFile,
    assembly: { ...shared.assembly, defaultText: 'none: FUNCTION is a folder' },
    parameter: shared.parameter,
    layer: shared.layer,
    json: { description: 'print the report as JSON' },
    junit: text('FILE', 'JUnit XML to write'),
    sarif: text('FILE', 'SARIF 2.1.0 to write'),
    markdown: text('FILE', 'Markdown to write'),
    before: text('FILE', 'report of the main branch (--json); the Markdown shows the differences'),
    failOn: text('LEVEL', 'exit with 1 from this level', { choices: failLevels, default: 'warning' }),
  },
  examples: ['check ./dist', 'check ./dist --event order.json --env TABLE_NAME=orders'],
} as const satisfies CommandDefinition;

export type CheckOptions = OptionsOf<typeof checkCommand>;
