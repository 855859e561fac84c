import type { CommandDefinition, OptionsOf } from '../shared/command.ts';
import { json, limitsOptions, remoteOptions, shared, wholeNumber } from '../shared/options.ts';

export const invokeCommand = {
  name: 'invoke',
  description: 'Invoke a function once: response on stdout, log and REPORT line on stderr',
  argument: {
    name: 'FUNCTION',
    description: 'name in the stack, such as promises, or a folder such as ./dist',
  },
  options: {
    handler: {
      metavar: 'FILE.EXPORT',
      description: 'handler, if FUNCTION is a folder',
      defaultText: 'handler.handler or index.handler',
    },
    event: {
      metavar: 'FILE',
      description: 'event to send, as JSON; - reads stdin',
      defaultText: '{}',
      conflicts: ['messages', 'body'],
    },
    messages: {
      metavar: 'N',
      description: 'SQS messages to send instead of an event',
      defaultText: '100 with --body',
      parse: wholeNumber(1, 10_000),
    },
    body: {
      metavar: 'JSON',
      description: 'body of each message',
      defaultText: '{"wait":200} with --messages',
      parse: json,
    },
    workers: shared.workers,
    threads: shared.threads,
    memory: shared.memory,
    timeout: shared.timeout,
    runtime: shared.runtime,
    json: { description: 'print response, error, log and report as one JSON object' },
    strict: { description: 'fail if the invocation leaves something running (slower)' },
    ...limitsOptions,
    ...remoteOptions([
      'handler',
      'workers',
      'threads',
      'memory',
      'timeout',
      'runtime',
      'strict',
      'limits',
      'oversubscribe',
    ]),
  },
} as const satisfies CommandDefinition;

export type InvokeOptions = OptionsOf<typeof invokeCommand>;
