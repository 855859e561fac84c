import { LabError, mbPerVcpu, readText } from '@parallel-lambda/local-lambda';
import { readMeasurements, type Prices } from '@parallel-lambda/report';

import { measuredService } from './measured-service.ts';
import { batchSeconds, type ServiceTime } from './simulation/service-time.ts';

/** The options that say what a batch takes. */
export interface ServiceOptions {
  /** A file of measurements, as `lab compare` and `lab tune` write it. */
  readonly from: string;
  readonly function: string;
  readonly workload?: string;
  readonly batchMs?: number;
  readonly messageMs?: number;
  readonly initMs?: number;
  readonly batchSize?: number;
  readonly memory?: number;
}

/** What a batch takes, and where that is known from. */
export interface Service {
  readonly service: ServiceTime;
  readonly batchSize: number;
  readonly memoryMb: number;
  readonly basis: string;
}

/** Where nothing was measured or said. */
const usual = { initMs: 300, batchSize: 100, memoryMb: mbPerVcpu } as const;

/**
 * @throws {LabError} `usage`, when nothing was measured that fits, or a batch takes longer than a function may
 * @throws {LabError} `usage`, when the file holds no measurements
 */
export async function serviceOf(options: ServiceOptions, prices?: Prices): Promise<Service> {
  const given = options.batchMs !== undefined || options.messageMs !== undefined;
  const service = given ? givenService(options) : await measured(options, prices);
  const seconds = batchSeconds(service.service, service.batchSize);
  if (!(seconds > 0))
    throw new LabError('usage', 'A batch must take longer than 0 ms: --batch-ms, --message-ms');
  if (seconds > 900) {
    throw new LabError(
      'usage',
      `A batch of ${service.batchSize} takes ${Math.round(seconds)} s, and a function may run for 900 s at most: make --batch-size less`,
    );
  }
  return service;
}

function givenService({ batchMs = 0, messageMs = 0, ...options }: ServiceOptions): Service {
  const { initMs = usual.initMs, batchSize = usual.batchSize, memory = usual.memoryMb } = options;
  return {
    service: { points: [{ messages: batchSize, ms: batchMs }], messageMs, initMs },
    batchSize,
    memoryMb: memory,
    basis:
      `A batch of ${batchSize} takes ${batchMs} ms` +
      `${messageMs > 0 ? ` and ${messageMs} ms a message` : ''}, as given, in ${memory} MB`,
  };
}

async function measured(options: ServiceOptions, prices: Prices | undefined): Promise<Service> {
  const { from } = options;
  const measurements = readMeasurements(await readText(from), from);
  const workload = options.workload ?? (measurements.purpose === 'compare' ? 'both' : undefined);
  const choice = { function: options.function, workload, memoryMb: options.memory };
  const {
    points,
    spread,
    initMs,
    memoryMb,
    name,
    workload: found,
  } = measuredService(measurements, choice, from, prices);
  const largest = points.at(-1)?.messages ?? usual.batchSize;
  const init = options.initMs ?? initMs ?? usual.initMs;
  return {
    service: { points, spread, initMs: init },
    batchSize: options.batchSize ?? largest,
    memoryMb,
    basis:
      `${name}, workload "${found}": ${points.map(({ messages, ms }) => `${messages} messages in ${Math.round(ms)} ms`).join(', ')}, ` +
      `INIT ${Math.round(init)} ms (${from})`,
  };
}
