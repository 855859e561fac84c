import { availableParallelism } from 'node:os';

import { LocalLambdaError, mbOfVcpu } from '@parallel-lambda/local-lambda';
import { type Assembly } from '@parallel-lambda/local-stack';
import type { Timeline } from '@parallel-lambda/report';

import { thisMachine } from '../machine.ts';
import { enforcement, openLocally } from '../open-local.ts';
import type { Progress } from '../progress.ts';
import { recordTimeline } from '../record-timeline.ts';
import { runTrials } from '../run-trials.ts';
import { ascending, hasThreads, searched } from './search-space.ts';
import type { LocalTuningOptions, Tuning } from './tuning.ts';

/** Where a vCPU is a third, a half, one, one and a half, two, three, …: as far as Lambda goes. */
const memorySizes = [512, 1024, 1769, 2654, 3538, 5307, 7076, 8845, 10_240];

/** Messages of a timeline: few enough to see each. */
const drawnMessages = 16;

/**
 * Finds out what is to be searched, on this machine.
 *
 * @throws {LocalLambdaError} when an option is wrong, or the functions are not built
 */
export async function localTuning(options: LocalTuningOptions): Promise<Tuning> {
  const { assembly, own, batches, runtime, batchSize } = options;
  const settings = { runtime, timeout: 60 };
  const enforced = await enforcement(assembly, settings, mbOfVcpu);
  const sizes = sizesOf(options, assembly, enforced.cpu);
  const functions = assembly.functions.map(({ name }) => name);
  const { body } = batches.workload;
  return {
    space: {
      batches,
      functions,
      memorySizes: sizes,
      batchSize,
      workers: own ? [] : searched.workers,
      threads: searched.threads.filter((count) => count <= availableParallelism() + 1),
      batchSizes: searched.batchSizes,
      threaded: own ? [] : functions.filter(hasThreads),
    },
    open: openLocally(assembly, settings),
    run: runTrials,
    circumstances: {
      machine: thisMachine(),
      runtime,
      enforced,
      architecture: assembly.functions[0]?.architecture ?? 'arm64',
    },
    // Only the project's own workload tells its steps; what the messages of others do is not seen.
    recordTimelines: (progress) =>
      own || body === undefined
        ? Promise.resolve([])
        : timelinesOf(assembly, { runtime }, { body, memoryMb: Math.max(...sizes) }, progress),
    left: () => [],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function timelinesOf(
  assembly: Assembly,
  settings: Pick<LocalTuningOptions, 'runtime'>,
  { body, memoryMb }: { readonly body: unknown; readonly memoryMb: number },
  progress: Progress,
): Promise<readonly Timeline[]> {
  const open = openLocally(assembly, settings, { TIMELINE: 'on' });
  const timelines = [];
  for (const { name } of assembly.functions) {
    progress.say(`recording the timeline of ${name}`);
    const setting = { function: name, memoryMb };
    timelines.push(await recordTimeline(open, setting, { messages: drawnMessages, body }));
  }
  return timelines;
}

/** Sizes that mean something here: where the CPU share is not held to, one is like the other. */
function sizesOf(
  { memory }: LocalTuningOptions,
  { functions }: Assembly,
  cpuHeld: boolean,
): readonly number[] {
  const most = availableParallelism() * mbOfVcpu;
  const tooLarge = memory?.find((size) => cpuHeld && size > most);
  if (tooLarge !== undefined) {
    throw new LocalLambdaError(
      'setting',
      `${tooLarge} MB buy ${(tooLarge / mbOfVcpu).toFixed(1)} vCPUs, and this machine has ` +
        `${availableParallelism()}: --memory up to ${most} can be measured here`,
    );
  }
  if (memory) return ascending(memory);
  if (cpuHeld) return memorySizes.filter((size) => size <= most);
  return [functions[0]?.memoryMb ?? mbOfVcpu];
}
