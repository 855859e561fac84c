import { functionLimits, LabError, mbPerVcpu } from '@parallel-lambda/local-lambda';
import type { Prices } from '@parallel-lambda/report';

import { measuredService, type MeasuredFunction } from './measured-service.ts';
import { batchSeconds, type ServiceTime } from './simulation/service-time.ts';

/** Options that say how long a batch takes: `batchMs` and `messageMs`, or measurements. */
export interface ServiceOptions {
  /** Used if neither `batchMs` nor `messageMs` is set. */
  readonly measured?: MeasuredFunction | undefined;
  /** Duration of a batch. */
  readonly batchMs?: number;
  /** Time that each message adds to it. */
  readonly messageMs?: number;
  /** @default as measured, or 300 */
  readonly initMs?: number;
  /** Maximum messages per batch. @default the largest measured one, or 100 */
  readonly batchSize?: number;
  /** Memory size in MB. @default as measured, or 1,769 */
  readonly memory?: number;
}

/** Duration of a batch. */
export interface Service {
  readonly service: ServiceTime;
  readonly batchSize: number;
  readonly memoryMb: number;
  /** The origin of the durations. */
  readonly basis: string;
}

const defaults = { initMs: 300, batchSize: 100, memoryMb: mbPerVcpu } as const;

const [, maxTimeoutSeconds] = functionLimits.timeoutSeconds;

/** @throws {LabError} `usage`, if no measurements fit, or a batch takes no time or longer than a function may run */
export function serviceOf(options: ServiceOptions, prices: Prices): Service {
  const { measured, batchMs, messageMs } = options;
  const isGiven = batchMs !== undefined || messageMs !== undefined || measured === undefined;
  const service = isGiven ? givenService(options) : serviceFrom(measured, options, prices);
  const seconds = batchSeconds(service.service, service.batchSize);
  if (!(seconds > 0)) {
    throw new LabError('usage', 'A batch must take longer than 0 ms. Set --batch-ms or --message-ms.');
  }
  if (seconds > maxTimeoutSeconds) {
    throw new LabError(
      'usage',
      `A batch of ${service.batchSize} takes ${Math.round(seconds)} s, but a function may run for ` +
        `${maxTimeoutSeconds} s. Set a smaller --batch-size.`,
    );
  }
  return service;
}

function givenService({ batchMs = 0, messageMs = 0, ...options }: ServiceOptions): Service {
  const { initMs = defaults.initMs, batchSize = defaults.batchSize, memory = defaults.memoryMb } = options;
  return {
    service: { points: [{ messages: batchSize, ms: batchMs }], messageMs, initMs },
    batchSize,
    memoryMb: memory,
    basis:
      `A batch of ${batchSize.toLocaleString('en')} takes ${batchMs.toLocaleString('en')} ms` +
      `${messageMs > 0 ? ` and ${messageMs} ms per message` : ''} with ${memory} MB, as given`,
  };
}

function serviceFrom(measured: MeasuredFunction, options: ServiceOptions, prices: Prices): Service {
  const { points, spread, initMs, memoryMb, name, workload } = measuredService(
    measured,
    options.memory,
    prices,
  );
  const init = options.initMs ?? initMs ?? defaults.initMs;
  const durations = points.map(({ messages, ms }) => `${messages} messages in ${Math.round(ms)} ms`);
  return {
    service: { points, spread, initMs: init },
    batchSize: options.batchSize ?? points.at(-1)?.messages ?? defaults.batchSize,
    memoryMb,
    basis:
      `${name}, workload "${workload}": ${durations.join(', ')}, INIT ${Math.round(init)} ms, ` +
      `measured in ${measured.file}`,
  };
}
