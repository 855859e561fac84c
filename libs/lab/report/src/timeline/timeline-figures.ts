import type { Timeline, TimelineSpan } from '../measurements/measurements.ts';

/** Figures of a timeline. */
export interface TimelineFigures {
  /** Milliseconds from the first step's begin to the last one's end. */
  readonly durationMs: number;
  readonly threads: number;
  /** Maximum number of messages in flight. */
  readonly atOnce: number;
  /** Maximum number of messages that computed in parallel. */
  readonly computingAtOnce: number;
  /** Milliseconds of all steps that computed. */
  readonly computedMs: number;
  /** Messages without a recorded step. */
  readonly unseen: number;
}

export function timelineFigures({ spans, messages }: Timeline): TimelineFigures {
  const computing = spans.filter(({ nature }) => nature !== 'waits');
  const seen = Map.groupBy(spans, ({ message }) => message);
  const whole = [...seen.values()].map((own) => ({
    from: Math.min(...own.map(({ from }) => from)),
    to: Math.max(...own.map(({ to }) => to)),
  }));
  return {
    durationMs: Math.max(0, ...spans.map(({ to }) => to)),
    threads: new Set(spans.map(({ thread }) => thread)).size,
    atOnce: maxAtOnce(whole),
    computingAtOnce: maxAtOnce(computing),
    computedMs: computing.reduce((sum, { from, to }) => sum + to - from, 0),
    unseen: messages - seen.size,
  };
}

function maxAtOnce(spans: readonly Pick<TimelineSpan, 'from' | 'to'>[]): number {
  // An end is sorted before a start at the same time, so the two do not overlap.
  const moments = spans
    .flatMap(({ from, to }) => [
      { at: from, change: 1 },
      { at: to, change: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.change - b.change);
  let now = 0;
  return moments.reduce((most, { change }) => Math.max(most, (now += change)), 0);
}
