import type { CommandDefinition, OptionsOf } from '../shared/command.ts';
import { limitsOptions, shared, wholeNumber } from '../shared/options.ts';

/** The port at which tools for AWS expect a local endpoint. */
const defaultPort = 4566;

export const serveCommand = {
  name: 'serve',
  description: 'Serve the stack on this machine: functions, queues, streams and mappings behind one endpoint',
  options: {
    port: {
      metavar: 'N',
      description: 'port of the endpoint; 0 for a free one',
      default: defaultPort,
      parse: wholeNumber(0, 65_535),
    },
    assembly: shared.assembly,
    concurrency: {
      metavar: 'N',
      description: 'maximum environments per function',
      default: 10,
      parse: wholeNumber(1, 1_000),
    },
    perEnvironment: {
      metavar: 'N',
      description: 'concurrent invocations per environment, as on Managed Instances; needs --runtime aws',
      defaultText: '1',
      parse: wholeNumber(1, 1_600),
    },
    workers: shared.workers,
    threads: shared.threads,
    memory: shared.memory,
    timeout: shared.timeout,
    visibilityTimeout: {
      metavar: 'SECONDS',
      description: 'visibility timeout of the queues',
      defaultText: 'as in the template',
      parse: wholeNumber(1, 43_200),
    },
    batchSize: {
      metavar: 'N',
      description: 'maximum messages per batch',
      defaultText: 'as in the template',
      parse: wholeNumber(1, 10_000),
    },
    window: {
      metavar: 'SECONDS',
      description: 'batching window',
      defaultText: 'as in the template',
      parse: wholeNumber(0, 300),
    },
    runtime: shared.runtime,
    json: { description: 'print JSON lines: the service map, then each finished invocation' },
    ...limitsOptions,
  },
} as const satisfies CommandDefinition;

export type ServeOptions = OptionsOf<typeof serveCommand>;
