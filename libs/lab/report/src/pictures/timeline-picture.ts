import type { Measurements, Timeline } from '../measurements/measurements.ts';
import { digits } from '../statistics/figure-text.ts';
import { milliseconds } from '../statistics/units.ts';
import { timelineChart } from '../timeline/timeline-chart.ts';
import { timelineFacts, type TimelineFacts } from '../timeline/timeline-facts.ts';
import type { Picture } from './picture.ts';

/** One batch in each technique: which worker worked on which message when. */
export function timelinePicture({ timelines }: Measurements): Picture | undefined {
  const [first] = timelines;
  if (!first) return undefined;
  const all = timelines.map((timeline) => ({ variant: timeline.variant, facts: timelineFacts(timeline) }));
  return {
    id: 'timeline',
    title: 'One batch, step by step',
    howToRead:
      `${first.messages} messages of ${JSON.stringify(first.body)}, in each technique: the quickest of a few times. ` +
      'A row is a worker, a bar a step of a message: low while it waits (for time, an answer, or its turn on the ' +
      'thread), high while it computes. Bars above each other happen at the same time.',
    findings: findingsOf(all),
    chart: (width) => timelineChart(timelines, width),
    figures: {
      columns: [
        'technique',
        'took',
        'threads',
        'in work at once',
        'computing at once',
        'computed in all',
        'not seen',
      ],
      rows: timelines.map(rowOf),
    },
  };
}

function rowOf(timeline: Timeline): readonly string[] {
  const { durationMs, threads, atOnce, computingAtOnce, computedMs, unseen } = timelineFacts(timeline);
  return [
    timeline.variant,
    milliseconds(durationMs),
    String(threads),
    String(atOnce),
    String(computingAtOnce),
    milliseconds(computedMs),
    unseen === 0 ? 'none' : `${unseen} messages`,
  ];
}

const list = new Intl.ListFormat('en-GB');

function findingsOf(
  all: readonly { readonly variant: string; readonly facts: TimelineFacts }[],
): readonly string[] {
  const parallel = all.filter(({ facts }) => facts.computingAtOnce > 1);
  const single = all.filter(({ facts }) => facts.computingAtOnce <= 1);
  const sentences = [
    ...single.map(
      ({ variant, facts }) =>
        `${variant} had up to ${facts.atOnce} messages in work at once, but computed one after another: ` +
        `${milliseconds(facts.computedMs)} of the ${milliseconds(facts.durationMs)}.`,
    ),
    ...parallel.map(
      ({ variant, facts }) =>
        `${variant} computed up to ${facts.computingAtOnce} at a time on ${facts.threads} threads and was done after ` +
        `${milliseconds(facts.durationMs)}.`,
    ),
  ];
  const slowest = Math.max(...single.map(({ facts }) => facts.durationMs));
  const fastest = Math.min(...parallel.map(({ facts }) => facts.durationMs));
  if (parallel.length > 0 && single.length > 0 && slowest / fastest > 1.1) {
    const who = list.format(parallel.map(({ variant }) => variant));
    sentences.push(`That is ${digits(slowest / fastest, 2)} times as fast by ${who}.`);
  }
  const unseen = all.filter(({ facts }) => facts.unseen > 0);
  for (const { variant, facts } of unseen)
    sentences.push(`Of ${variant}, ${facts.unseen} messages told no step.`);
  return sentences;
}
