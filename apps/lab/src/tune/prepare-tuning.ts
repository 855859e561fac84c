import { availableParallelism } from 'node:os';

import { LocalLambdaError, type Assembly } from '@parallel-lambda/local-lambda';

import { enforcement, openLocally } from '../measuring/open-local.ts';
import type { OpenFunction } from '../measuring/trial.ts';
import type { ReportOptions } from '../draw/write-report.ts';
import type { FunctionOptions } from '../options.ts';
import { openAssembly } from '../workspace.ts';
import { batchesOfBody, batchesOfEvent, type Batches } from './batches.ts';
import { ownFunction } from './own-function.ts';
import type { SearchSpace } from './search.ts';

/** What `lab tune` is told. */
export interface TuneOptions extends Pick<FunctionOptions, 'runtime'>, ReportOptions {
  /** JSON. */
  readonly body?: string;
  /** A file. */
  readonly event?: string;
  /** The folder of a built function. */
  readonly function?: string;
  readonly handler: string;
  /** In MB. */
  readonly memory?: readonly number[];
  /** Messages in a batch, with which the coarse search is made. */
  readonly batch: number;
  /** Seconds. */
  readonly budget: number;
  /** Milliseconds. */
  readonly p99?: number;
  readonly region: string;
  /** A file. */
  readonly json: string;
  /** Whether what the file holds is gone on with. */
  readonly resume?: boolean;
}

/** All that a tuning needs. */
export interface Tuning {
  readonly assembly: Assembly;
  readonly space: SearchSpace;
  readonly open: OpenFunction;
  readonly enforced: { readonly cpu: boolean; readonly memory: boolean };
}

const defaultBody = '[{"wait":40},{"hash":7}]';

/** Where a vCPU is a third, a half, one, one and a half, two, three, …: as far as Lambda goes. */
const memorySizes = [512, 1024, 1769, 2654, 3538, 5307, 7076, 8845, 10_240];

const mbOfVcpu = 1769;

/**
 * Finds out what is to be searched, on this machine.
 *
 * @throws {LocalLambdaError} when an option is wrong, or the functions are not built
 */
export async function prepareTuning(options: TuneOptions): Promise<Tuning> {
  const own = options.function !== undefined;
  if (own && options.body === undefined && options.event === undefined) {
    throw new LocalLambdaError(
      'setting',
      'A function of your own needs messages of its own: --event <file>, or --body <json>',
    );
  }
  const batches = await batchesOf(options);
  const assembly =
    options.function === undefined ? await openAssembly() : ownFunction(options.function, options.handler);
  const settings = { runtime: options.runtime, timeout: 60 };
  const enforced = await enforcement(assembly, settings, mbOfVcpu);
  const sizes = sizesOf(options, assembly, enforced.cpu);
  const functions = assembly.functions.map(({ name }) => name);
  return {
    assembly,
    enforced,
    open: openLocally(assembly, settings),
    space: {
      batches,
      functions,
      memorySizes: sizes,
      batchSize: options.batch,
      workers: own ? [] : [10, 30, 100, 300],
      threads: [1, 2, 3, 4].filter((threads) => threads <= availableParallelism() + 1),
      batchSizes: [10, 30, 100, 300, 1000],
      threaded: own ? [] : functions.filter((name) => name.includes('threads')),
    },
  };
}

function batchesOf({ body, event }: TuneOptions): Promise<Batches> {
  return event === undefined
    ? Promise.resolve(batchesOfBody(JSON.parse(body ?? defaultBody)))
    : batchesOfEvent(event);
}

/** Sizes that mean something here: where the CPU share is not held to, one is like the other. */
function sizesOf({ memory }: TuneOptions, { functions }: Assembly, cpuHeld: boolean): readonly number[] {
  const most = availableParallelism() * mbOfVcpu;
  const tooLarge = memory?.find((size) => cpuHeld && size > most);
  if (tooLarge !== undefined) {
    throw new LocalLambdaError(
      'setting',
      `${tooLarge} MB buy ${(tooLarge / mbOfVcpu).toFixed(1)} vCPUs, and this machine has ` +
        `${availableParallelism()}: --memory up to ${most} can be measured here`,
    );
  }
  if (memory) return [...new Set(memory)].sort((a, b) => a - b);
  if (cpuHeld) return memorySizes.filter((size) => size <= most);
  return [functions[0]?.memoryMb ?? mbOfVcpu];
}
