import { parseBackoff, parsePollers } from '@parallel-lambda/capacity-plan/options';
import { decimal, number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';
import { perEnvironmentRange } from '@parallel-lambda/local-lambda';

import { maxTimeoutMs, reportOptions, shared } from '../shared/options.ts';

export const planCommand = {
  name: 'plan',
  description: 'Simulate a load on an SQS queue and its function: concurrency, backlog, time, cost, quotas',
  options: {
    rate: decimal('N', 'messages that arrive per second', [0, 1_000_000]),
    profile: text('FILE', 'rates over the day, as CSV (HH:MM,RATE) or JSON', { conflicts: ['rate', 'peak'] }),
    peak: decimal('N', 'messages per second during a peak, which starts halfway', [0, 1_000_000], 'no peak'),
    peakMinutes: number('N', 'duration of the peak', [1, 10_080], 15),
    hours: decimal('N', 'simulated time', [0.01, 168], 24),
    from: text('FILE', 'measurements with the duration of a batch', 'docs/measurements/compare.json'),
    function: text('NAME', 'measured function', { default: 'worker-threads' }),
    workload: text('NAME', 'workload that compare has measured', 'both'),
    batchMs: decimal('MS', 'duration of a batch', [0, maxTimeoutMs], 'as measured'),
    messageMs: decimal('MS', 'time that each message of a batch adds to --batch-ms', [0, maxTimeoutMs], '0'),
    initMs: decimal('MS', 'INIT of a cold start', [0, 10_000], 'as measured, or 300'),
    batchSize: number('N', 'maximum messages per batch', [1, 10_000], 'as measured, or 100'),
    window: number('SECONDS', 'batching window', [0, 300], '1; 0 for batches of up to 10'),
    gatheringPollers: number('N', 'batches gathered at a time while the queue is short', [1, 5], 5),
    pollers: text('MIN..MAX', 'event pollers in provisioned mode', {
      defaultText: 'none',
      parse: parsePollers,
    }),
    messageSize: number('BYTES', 'size of a message', [1, 1_048_576], 1_000),
    memory: { ...shared.memory, defaultText: 'as measured, or 1769' },
    perEnvironment: number('N', 'batches per environment on Managed Instances', perEnvironmentRange, {
      defaultText: 'one per vCPU',
    }),
    maxConcurrency: number('N', 'maximum concurrency of the mapping', [2, 1_000], 'grows from 5 to 1,250'),
    accountConcurrency: number('N', 'unused concurrency of the account', [1, 1_000_000], 1_000),
    failureRate: decimal('SHARE', 'share of messages that fail per receive, 0 to 1', [0, 1], 0),
    parkRate: decimal('SHARE', 'share of messages that are parked per receive, 0 to 1', [0, 1], 0),
    backoff: text('FIRST..MAX', 'delays of failed messages in seconds, doubled with each receive', {
      defaultText: 'the visibility timeout',
      parse: parseBackoff,
    }),
    maxReceives: number('N', 'receives after which a message becomes a dead letter', [1, 1_000], 5),
    visibilityTimeout: number('SECONDS', 'visibility timeout of the queue', [1, 43_200], 180),
    retention: number('SECONDS', 'retention period of the queue', [60, 1_209_600], 345_600),
    architecture: text('NAME', 'instruction set of the function', {
      choices: ['arm64', 'x86_64'],
      default: 'arm64',
    }),
    region: shared.region,
    seed: number('N', 'seed of the simulation', [0, 4_294_967_295], 1),
    json: text('FILE', 'write the plan as JSON, minute by minute'),
    ...reportOptions('out/plan.html'),
  },
  examples: ['plan --rate 200 --memory 512'],
} as const satisfies CommandDefinition;

export type PlanOptions = OptionsOf<typeof planCommand>;
