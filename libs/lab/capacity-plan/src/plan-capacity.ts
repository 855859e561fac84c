import { LabError, maxEventBytes } from '@parallel-lambda/local-lambda';
import type { Architecture, Prices } from '@parallel-lambda/report';

import type { ManagedOptions } from './billing.ts';
import { planScenario, type Plan } from './plan.ts';
import { serviceOf, type Service, type ServiceOptions } from './service.ts';
import type { Scenario } from './simulation/scenario.ts';
import { longestBatchSeconds } from './simulation/service-time.ts';

/** Options for {@link planCapacity}. */
export interface CapacityOptions
  extends ServiceOptions, ManagedOptions, Omit<Scenario, 'service' | 'batchSize' | 'windowSeconds'> {
  /** Batching window. @default 1; 0 for batches of up to 10 */
  readonly windowSeconds?: number | undefined;
  readonly architecture: Architecture;
  readonly region: string;
  /** Prices of the region. */
  readonly prices: Prices;
}

/** A plan, and the origin of its numbers. */
export interface CapacityPlan extends Plan {
  /** The duration of a batch, and its origin. */
  readonly basis: string;
  readonly region: string;
}

/**
 * Larger batches need a batching window of at least 1 s.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const maxBatchWithoutWindow = 10;

/** Bytes of the record of a message beside its body: receipt handle, attributes, ARN. About a kilobyte. */
const recordBytes = 1024;

/**
 * Plans the capacity for a load: simulates a standard queue, its event source mapping and the function.
 *
 * @throws {LabError} `usage`, if the options do not fit together, or no measurements fit
 */
export function planCapacity(options: CapacityOptions): CapacityPlan {
  const { region, prices, architecture } = options;
  const service = serviceOf(options, prices);
  const maxMessages = Math.max(1, Math.floor(maxEventBytes / (options.messageBytes + recordBytes)));
  const isCut = maxMessages < service.batchSize;
  const batch = isCut ? { ...service, batchSize: maxMessages } : service;
  const plan = planScenario(scenarioOf(options, batch), {
    memoryMb: service.memoryMb,
    architecture,
    prices,
    managed: { perEnvironment: options.perEnvironment },
  });
  const cut = `. An event of 6 MB holds ${maxMessages} messages of ${options.messageBytes.toLocaleString('en')} bytes`;
  return { ...plan, basis: isCut ? service.basis + cut : service.basis, region };
}

function scenarioOf(options: CapacityOptions, { service, batchSize }: Service): Scenario {
  const windowSeconds = options.windowSeconds ?? (batchSize > maxBatchWithoutWindow ? 1 : 0);
  if (batchSize > maxBatchWithoutWindow && windowSeconds < 1) {
    throw new LabError(
      'usage',
      `Batches of ${batchSize} need a batching window of at least 1 s. ` +
        `Set --window 1, or --batch-size ${maxBatchWithoutWindow} or less.`,
    );
  }
  const longest = longestBatchSeconds(service, batchSize) + service.initMs / 1000;
  const { visibilityTimeoutSeconds } = options;
  if (visibilityTimeoutSeconds < longest) {
    throw new LabError(
      'usage',
      `A visibility timeout of ${visibilityTimeoutSeconds} s is shorter than a batch with INIT, ${longest.toFixed(1)} s, ` +
        'so its messages would be received twice. Set a longer --visibility-timeout.',
    );
  }
  if (options.failureRate + options.parkRate > 1) {
    throw new LabError(
      'usage',
      `--failure-rate (${options.failureRate}) and --park-rate (${options.parkRate}) are together above 1. Lower one of them.`,
    );
  }
  if (options.provisionedPollers && options.maximumConcurrency !== undefined) {
    throw new LabError('usage', '--pollers excludes --max-concurrency. Remove one of them.');
  }
  const { arrivals, seconds, gatheringPollers, maximumConcurrency, accountConcurrency } = options;
  const { provisionedPollers, messageBytes } = options;
  const { failureRate, parkRate, backoff, maxReceiveCount, retentionSeconds, seed } = options;
  return {
    arrivals,
    seconds,
    service,
    batchSize,
    windowSeconds,
    gatheringPollers,
    provisionedPollers,
    messageBytes,
    maximumConcurrency,
    accountConcurrency,
    failureRate,
    parkRate,
    backoff,
    maxReceiveCount,
    visibilityTimeoutSeconds,
    retentionSeconds,
    seed,
  };
}
