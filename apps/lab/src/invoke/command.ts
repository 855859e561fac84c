import { json, number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';

import { limitsOptions, remoteOptions, settingsOptions, shared, variableOptions } from '../shared/options.ts';

const settings = ['handler', 'workers', 'threads', 'memory', 'timeout', 'node', 'runtime', 'layer'] as const;

export const invokeCommand = {
  name: 'invoke',
  description: 'Invoke a function once: response on stdout, log and REPORT line on stderr',
  argument: {
    name: 'FUNCTION',
    description: 'name in the stack, such as promises, or a folder such as ./dist',
  },
  options: {
    handler: shared.handler,
    event: text('FILE', 'event to send, as JSON; - reads stdin', {
      defaultText: '{}',
      conflicts: ['messages', 'body', 'text'],
    }),
    messages: number('N', 'SQS messages to send instead of an event', [1, 10_000], {
      defaultText: '100 with --body or --text',
    }),
    body: text('JSON', 'body of each message', {
      defaultText: '{"wait":200} with --messages',
      parse: json,
    }),
    text: shared.text,
    workers: shared.workers,
    threads: shared.threads,
    ...settingsOptions,
    runtime: shared.runtime,
    layer: shared.layer,
    ...variableOptions,
    json: { description: 'print response, error, log and report as one JSON object' },
    strict: { description: 'fail if code still runs after the response (slower)' },
    ...limitsOptions,
    ...remoteOptions([...settings, 'strict', 'limits', 'oversubscribe', 'env', 'envFile', 'awsCredentials']),
  },
  examples: [
    'invoke ./dist --handler index.handler --event event.json',
    `invoke promises --messages 100 --body '{"wait":200}'`,
  ],
} as const satisfies CommandDefinition;

export type InvokeOptions = OptionsOf<typeof invokeCommand>;
