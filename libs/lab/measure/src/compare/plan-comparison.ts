import { sqsEvent } from '@parallel-lambda/event-sources';
import { oneByOne, type Series, type Setting } from '@parallel-lambda/report';

import type { Trial } from '../trial.ts';
import { eventInLanes } from './in-lanes.ts';
import { coldStart, sampleBatch, workloads, type ComparedWorkload } from './workloads.ts';

/** Few enough to be quick, enough for each technique's code to be compiled. */
const warmUpMessages = 8;

/** One message after another takes long and is the same every time. */
const yardstickRuns = 2;

const coldRuns = 5;

/**
 * What a comparison measures: every technique and one message after another over the workloads, the sample's batch once
 * a technique, and how each starts.
 *
 * @param techniques as they are set up
 * @param asDeployed whether they cannot be given another number of workers, nor be started anew
 */
export function planComparison(techniques: readonly Setting[], asDeployed = false): readonly Trial[] {
  const yardstick = techniques.find(({ function: name }) => name === 'promises') ?? techniques[0];
  const ways = techniques.map((setting) => ({ way: setting.function, setting }));
  const warmTrial = asDeployed ? inLanes : withWorkers;
  const warm = workloads.flatMap((workload) => [
    ...(yardstick ? [warmTrial(workload, oneByOne, { ...yardstick, workers: 1 }, yardstickRuns)] : []),
    ...ways.map(({ way, setting }) => warmTrial(workload, way, setting)),
  ]);
  const sample = ways.map(({ way, setting }) =>
    warmTrial(sampleBatch, way, { ...setting, workers: sampleBatch.workers ?? 4 }, 1),
  );
  const cold = ways.map(({ way, setting }): Trial => ({
    series: seriesOf(coldStart, way, setting, true),
    event: sqsEvent(coldStart.messages, coldStart.body),
    mostRuns: coldRuns,
  }));
  return [...warm, ...sample, ...(asDeployed ? [] : cold)];
}

/** The workloads of a comparison. */
export function comparedWorkloads(asDeployed: boolean): readonly ComparedWorkload[] {
  return [...workloads, sampleBatch, ...(asDeployed ? [] : [coldStart])];
}

/** The function is started with the workers that are wanted. */
function withWorkers(workload: ComparedWorkload, way: string, setting: Setting, mostRuns?: number): Trial {
  return {
    series: seriesOf(workload, way, setting, false),
    event: sqsEvent(workload.messages, workload.body),
    warmUp: sqsEvent(warmUpMessages, workload.body),
    ...(mostRuns !== undefined && { mostRuns }),
  };
}

/** The function has the workers that it has: where fewer are wanted, its messages are in so many lanes. */
function inLanes(workload: ComparedWorkload, way: string, setting: Setting, mostRuns?: number): Trial {
  const trial = withWorkers(workload, way, setting, mostRuns);
  const { workers } = setting;
  if (workers === undefined) return trial;
  return { ...trial, event: eventInLanes(workload.messages, workload.body, workers) };
}

function seriesOf(workload: ComparedWorkload, way: string, setting: Setting, cold: boolean): Series {
  const { name, messages } = workload;
  return { id: `${name}: ${way}`, workload: name, way, setting, messages, cold };
}
