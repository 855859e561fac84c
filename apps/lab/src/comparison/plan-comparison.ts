import { sqsEvent } from '@parallel-lambda/event-source';
import { oneByOne, type Series, type Setting } from '@parallel-lambda/report';

import type { Trial } from '../measuring/trial.ts';
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
 */
export function planComparison(techniques: readonly Setting[]): readonly Trial[] {
  const [first] = techniques;
  const yardstick = first && { ...first, workers: 1 };
  const ways = techniques.map((setting) => ({ way: setting.function, setting }));
  const warm = workloads.flatMap((workload) => [
    ...(yardstick ? [warmTrial(workload, oneByOne, yardstick, yardstickRuns)] : []),
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
  return [...warm, ...sample, ...cold];
}

function warmTrial(workload: ComparedWorkload, way: string, setting: Setting, mostRuns?: number): Trial {
  return {
    series: seriesOf(workload, way, setting, false),
    event: sqsEvent(workload.messages, workload.body),
    warmUp: sqsEvent(warmUpMessages, workload.body),
    ...(mostRuns !== undefined && { mostRuns }),
  };
}

function seriesOf(workload: ComparedWorkload, way: string, setting: Setting, cold: boolean): Series {
  const { name, messages } = workload;
  return { id: `${name}: ${way}`, workload: name, way, setting, messages, cold };
}
