import type { Measurements, Timeline } from '../measurements/measurements.ts';
import { digits } from '../statistics/figure-text.ts';
import { milliseconds } from '../statistics/units.ts';
import { timelineChart } from '../timeline/timeline-chart.ts';
import { timelineFigures, type TimelineFigures } from '../timeline/timeline-figures.ts';
import type { Picture } from './picture.ts';

/** Returns the timeline of one batch in each technique. */
export function timelinePicture({ timelines }: Measurements): Picture | undefined {
  const [first] = timelines;
  if (!first) return undefined;
  const all = timelines.map((timeline) => ({
    variant: timeline.variant,
    figures: timelineFigures(timeline),
  }));
  return {
    id: 'timeline',
    title: 'One batch, step by step',
    howToRead:
      `${first.messages} messages of ${JSON.stringify(first.body)} in each technique (fastest of several runs). A row is a ` +
      'worker and a bar is a step of a message: low while it waits, high while it computes. Bars above each other run at ' +
      'the same time.',
    findings: findingsOf(all),
    chart: (width) => timelineChart(timelines, width),
    figures: {
      columns: [
        'technique',
        'duration',
        'threads',
        'in flight',
        'computing in parallel',
        'total computing time',
        'not recorded',
      ],
      rows: timelines.map(rowOf),
    },
  };
}

function rowOf(timeline: Timeline): readonly string[] {
  const { durationMs, threads, atOnce, computingAtOnce, computedMs, unseen } = timelineFigures(timeline);
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
  all: readonly { readonly variant: string; readonly figures: TimelineFigures }[],
): readonly string[] {
  const parallel = all.filter(({ figures }) => figures.computingAtOnce > 1);
  const single = all.filter(({ figures }) => figures.computingAtOnce <= 1);
  const sentences = [
    ...single.map(
      ({ variant, figures }) =>
        `${variant}: up to ${figures.atOnce} messages in flight, computing sequentially for ` +
        `${milliseconds(figures.computedMs)} of ${milliseconds(figures.durationMs)}.`,
    ),
    ...parallel.map(
      ({ variant, figures }) =>
        `${variant}: up to ${figures.computingAtOnce} messages computing in parallel on ${figures.threads} threads, ` +
        `${milliseconds(figures.durationMs)} in total.`,
    ),
  ];
  const slowest = Math.max(...single.map(({ figures }) => figures.durationMs));
  const fastest = Math.min(...parallel.map(({ figures }) => figures.durationMs));
  if (parallel.length > 0 && single.length > 0 && slowest / fastest > 1.1) {
    const who = list.format(parallel.map(({ variant }) => variant));
    sentences.push(`${who} finished ${digits(slowest / fastest, 2)}× faster.`);
  }
  const unseen = all.filter(({ figures }) => figures.unseen > 0);
  for (const { variant, figures } of unseen)
    sentences.push(`${variant}: ${figures.unseen} messages were not recorded.`);
  return sentences;
}
