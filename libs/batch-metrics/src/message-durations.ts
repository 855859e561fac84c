import { tracingChannel } from 'node:diagnostics_channel';

import type { MessageTrace, WorkContext } from '@parallel-lambda/batch';

/** The maximum number of values that a metric can have in one log line. */
const MAX_VALUES = 100;

/**
 * Collects how long the work of each message takes, from now on.
 *
 * @returns a function that gives the durations of a batch in milliseconds, sorted: all up to a hundred, of more messages a hundred
 * at equal distances, the shortest and the longest among them
 */
export function collectDurations(): (batch: WorkContext) => readonly number[] {
  const batches = new WeakMap<WorkContext, number[]>();
  tracingChannel('parallel-lambda:message').asyncEnd.subscribe((trace) => {
    const { context, durationMs = 0 } = trace as MessageTrace;
    const durations = batches.get(context);
    if (durations) durations.push(durationMs);
    else batches.set(context, [durationMs]);
  });
  return (batch) => sample(Float64Array.from(batches.get(batch) ?? []).sort());
}

function sample(sorted: Float64Array): readonly number[] {
  const values = Math.min(sorted.length, MAX_VALUES);
  const step = (sorted.length - 1) / Math.max(values - 1, 1);
  return Array.from({ length: values }, (_, index) => toMicroseconds(sorted[Math.round(index * step)] ?? 0));
}

function toMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
