import { InvalidArgumentError } from 'commander';

import type { CommandDefinition, OptionsOf } from '../shared/command.ts';
import { reportOptions, shared, wholeNumber } from '../shared/options.ts';

/** Parses a number from `min` to `max`, which may have a fraction. */
function decimal(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
  };
}

export const planCommand = {
  name: 'plan',
  description: 'Simulate a load on an SQS queue and its function: concurrency, backlog, time, cost, quotas',
  options: {
    rate: { metavar: 'N', description: 'messages that arrive per second', parse: decimal(0, 1_000_000) },
    profile: {
      metavar: 'FILE',
      description: 'rates over the day, as CSV (HH:MM,RATE) or JSON',
      conflicts: ['rate', 'peak'],
    },
    peak: {
      metavar: 'N',
      description: 'messages per second during a peak, which starts half-way',
      defaultText: 'no peak',
      parse: decimal(0, 1_000_000),
    },
    peakMinutes: {
      metavar: 'N',
      description: 'duration of the peak',
      default: 15,
      parse: wholeNumber(1, 10_080),
    },
    hours: { metavar: 'N', description: 'simulated time', default: 24, parse: decimal(0.01, 168) },
    from: {
      metavar: 'FILE',
      description: 'measurements of compare or tune that say how long a batch takes',
      defaultText: 'docs/measurements/compare.json',
    },
    function: { metavar: 'NAME', description: 'measured function', default: 'worker-threads' },
    workload: { metavar: 'NAME', description: 'workload that compare has measured', defaultText: 'both' },
    batchMs: {
      metavar: 'MS',
      description: 'duration of a batch',
      defaultText: 'as measured',
      parse: decimal(0, 900_000),
    },
    messageMs: {
      metavar: 'MS',
      description: 'time that each message of a batch adds to --batch-ms',
      defaultText: '0',
      parse: decimal(0, 900_000),
    },
    initMs: {
      metavar: 'MS',
      description: 'INIT of a cold start',
      defaultText: 'as measured, or 300',
      parse: decimal(0, 10_000),
    },
    batchSize: {
      metavar: 'N',
      description: 'maximum messages per batch',
      defaultText: 'as measured, or 100',
      parse: wholeNumber(1, 10_000),
    },
    window: {
      metavar: 'SECONDS',
      description: 'batching window',
      defaultText: '1; 0 for batches of up to 10',
      parse: wholeNumber(0, 300),
    },
    pollers: {
      metavar: 'N',
      description: 'batches gathered at a time while the queue is short',
      default: 5,
      parse: wholeNumber(1, 5),
    },
    memory: { ...shared.memory, defaultText: 'as measured, or 1769' },
    maxConcurrency: {
      metavar: 'N',
      description: 'maximum concurrency of the mapping',
      defaultText: 'grows from 5 to 1,250',
      parse: wholeNumber(2, 1_000),
    },
    accountConcurrency: {
      metavar: 'N',
      description: 'concurrency that the account has left',
      default: 1_000,
      parse: wholeNumber(1, 1_000_000),
    },
    failureRate: {
      metavar: 'SHARE',
      description: 'share of messages that fail per receive, 0 to 1',
      default: 0,
      parse: decimal(0, 1),
    },
    maxReceives: {
      metavar: 'N',
      description: 'receives after which a message becomes a dead letter',
      default: 5,
      parse: wholeNumber(1, 1_000),
    },
    visibilityTimeout: {
      metavar: 'SECONDS',
      description: 'visibility timeout of the queue',
      default: 180,
      parse: wholeNumber(1, 43_200),
    },
    retention: {
      metavar: 'SECONDS',
      description: 'retention period of the queue',
      default: 345_600,
      parse: wholeNumber(60, 1_209_600),
    },
    architecture: {
      metavar: 'NAME',
      description: 'instruction set of the function',
      choices: ['arm64', 'x86_64'],
      default: 'arm64',
    },
    region: shared.region,
    seed: {
      metavar: 'N',
      description: 'seed of the simulation',
      default: 1,
      parse: wholeNumber(0, 4_294_967_295),
    },
    json: { metavar: 'FILE', description: 'write the plan as JSON, minute by minute' },
    ...reportOptions('out/plan.html'),
  },
} as const satisfies CommandDefinition;

export type PlanOptions = OptionsOf<typeof planCommand>;
