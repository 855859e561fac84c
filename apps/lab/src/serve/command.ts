import { number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';
import { perEnvironmentRange } from '@parallel-lambda/local-lambda';
import { parseEndpoint } from '@parallel-lambda/local-stack/options';

import { limitsOptions, settingsOptions, shared, variableOptions } from '../shared/options.ts';

export const serveCommand = {
  name: 'serve',
  description: 'Serve the stack on this machine: functions, queues, streams and mappings behind one endpoint',
  options: {
    // The port at which tools for AWS expect a local endpoint.
    port: number('N', 'port of the endpoint; 0 for a free one', [0, 65_535], 4566),
    assembly: shared.assembly,
    parameter: shared.parameter,
    layer: shared.layer,
    concurrency: number('N', 'maximum environments per function', [1, 1_000], 10),
    perEnvironment: number(
      'N',
      'concurrent invocations per environment, as on Managed Instances',
      perEnvironmentRange,
      { defaultText: 'as in the template with --runtime aws; else 1' },
    ),
    workers: shared.workers,
    threads: shared.threads,
    ...settingsOptions,
    visibilityTimeout: number('SECONDS', 'visibility timeout of the queues', [1, 43_200], {
      defaultText: 'as in the template',
    }),
    batchSize: number('N', 'maximum messages per batch', [1, 10_000], 'as in the template'),
    window: number('SECONDS', 'batching window', [0, 300], 'as in the template'),
    runtime: shared.runtime,
    endpoint: text('SERVICE=URL', 'forward requests to a service, such as dynamodb; repeat for several', {
      parse: parseEndpoint,
    }),
    ...variableOptions,
    verbose: { description: 'list each resource that is not served' },
    logs: text('FILE', "append the functions' logs to a file", 'stderr; on a terminal the key l shows them'),
    json: { description: 'print JSON lines: the service map, then each finished invocation and log entry' },
    ...limitsOptions,
  },
  examples: ['serve', 'serve --assembly .aws-sam/build --env LOG_LEVEL=debug'],
} as const satisfies CommandDefinition;

export type ServeOptions = OptionsOf<typeof serveCommand>;
