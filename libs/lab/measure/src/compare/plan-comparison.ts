import { sqsEvent, sqsRecord, type SqsEvent } from '@parallel-lambda/event-sources';
import { baselineVariant, type Series, type Setting } from '@parallel-lambda/report';

import type { Trial } from '../trial.ts';
import { coldStart, sampleBatch, workloads, type ComparedWorkload } from './workloads.ts';

/** Enough messages to compile each technique's code. */
const warmUpMessages = 8;

/** Sequential processing is slow, and takes the same time in every run. */
const sequentialRuns = 2;

const coldRuns = 5;

/**
 * Plans the trials of a comparison: every technique and sequential processing over the workloads, the batch of the AWS
 * sample once per technique, and the cold start of each.
 *
 * @param settings of each technique's function
 * @param deployed functions keep their workers, and are not restarted
 */
export function planComparison(settings: readonly Setting[], deployed = false): readonly Trial[] {
  const sequential = settings.find(({ function: name }) => name === 'promises') ?? settings[0];
  const warmTrial = deployed ? trialInGroups : trialWithWorkers;
  const warm = workloads.flatMap((workload) => [
    ...(sequential
      ? [warmTrial(workload, baselineVariant, { ...sequential, workers: 1 }, sequentialRuns)]
      : []),
    ...settings.map((setting) => warmTrial(workload, setting.function, setting)),
  ]);
  const sample = settings.map((setting) =>
    warmTrial(sampleBatch, setting.function, { ...setting, workers: sampleBatch.workers ?? 4 }, 1),
  );
  const cold = settings.map((setting): Trial => ({
    series: seriesOf(coldStart, setting.function, setting, true),
    event: sqsEvent(coldStart.messages, coldStart.body),
    maxRuns: coldRuns,
  }));
  return [...warm, ...sample, ...(deployed ? [] : cold)];
}

/** Returns the workloads of a comparison. */
export function comparedWorkloads(deployed: boolean): readonly ComparedWorkload[] {
  return [...workloads, sampleBatch, ...(deployed ? [] : [coldStart])];
}

/**
 * Makes an event whose number of messages in flight is limited, independent of the function's workers: the messages belong in
 * turn to the groups of a FIFO queue, and each group is processed in order.
 */
export function eventInGroups(messages: number, body: unknown, groups: number): SqsEvent {
  const text = JSON.stringify(body);
  return {
    Records: Array.from({ length: messages }, (_, index) =>
      sqsRecord({
        messageId: `message-${index}`,
        body: text,
        messageGroupId: `group-${index % groups}`,
        sequenceNumber: String(index).padStart(20, '0'),
      }),
    ),
  };
}

function trialWithWorkers(
  workload: ComparedWorkload,
  variant: string,
  setting: Setting,
  maxRuns?: number,
): Trial {
  return {
    series: seriesOf(workload, variant, setting, false),
    event: sqsEvent(workload.messages, workload.body),
    warmUp: sqsEvent(warmUpMessages, workload.body),
    ...(maxRuns !== undefined && { maxRuns }),
  };
}

function trialInGroups(
  workload: ComparedWorkload,
  variant: string,
  setting: Setting,
  maxRuns?: number,
): Trial {
  const trial = trialWithWorkers(workload, variant, setting, maxRuns);
  if (typeof setting.workers !== 'number') return trial;
  return { ...trial, event: eventInGroups(workload.messages, workload.body, setting.workers) };
}

function seriesOf(workload: ComparedWorkload, variant: string, setting: Setting, cold: boolean): Series {
  const { name, messages } = workload;
  return { id: `${name}: ${variant}`, workload: name, variant, setting, messages, cold };
}
