import { mbPerVcpu, vcpusOf } from '@parallel-lambda/local-lambda';

import { baselineVariant, type Measurements } from '../measurements/measurements.ts';
import type { PriceList } from '../prices-of.ts';
import { compareMedians } from '../statistics/compare-medians.ts';
import { digits } from '../statistics/figure-text.ts';
import type { Group, Row } from './analyse-workloads.ts';
import { noiseSentence } from './noise-sentence.ts';
import { rank } from './rank.ts';

/** What the comparison says, a sentence or two a workload. */
export function meaning(groups: readonly Group[]): readonly string[] {
  return groups.map(({ workload: { name, reason = '' }, rows }) =>
    `${name}: ${finding(rows)} ${reason}`.trim(),
  );
}

function finding(rows: readonly Row[]): string {
  const { fastest, slower } = rank(rows.filter(({ variant }) => variant !== baselineVariant));
  const [best] = fastest;
  if (!best) return 'no technique was measured.';
  const gain = gainOf(best);
  const [first] = slower;
  if (!first) {
    return fastest.length > 1
      ? `no difference between ${names(fastest)} is sure, ${gain}.`
      : `${best.variant}, ${gain}.`;
  }
  const times = compareMedians(first.durationsMs, best.durationsMs).ratio;
  const factor = `${digits(times, 2)} × as long${slower.length > 1 ? ' or longer' : ''}`;
  return `${names(fastest)} ${fastest.length > 1 ? 'are' : 'is'} fastest, ${gain}; ${names(slower)} took ${factor}.`;
}

function gainOf({ speedUp }: Row): string {
  if (!speedUp) return 'sequential was not measured';
  const { ratio, differs } = speedUp;
  // A computed baseline is a single figure: what is far from it needs no samples to differ.
  if (differs || ratio > 1.5) return `${digits(ratio, 2)} × as fast as sequential`;
  return 'no faster than sequential, as far as the samples tell';
}

const list = new Intl.ListFormat('en-GB');

function names(rows: readonly Row[]): string {
  return list.format(rows.map(({ variant }) => variant));
}

/** What has to be known to read the figures rightly, a sentence each. */
export function conditions(measurements: Measurements, prices: PriceList): readonly string[] {
  const { series, architecture, region } = measurements;
  const sizes = [...new Set(series.map(({ setting }) => setting.memoryMb))];
  const memory = sizes.length > 1 ? 'each memory size' : `${sizes[0] ?? 0} MB`;
  const noise = noiseSentence(measurements);
  return [
    'Whole invocations of the built functions, warm: medians, and between which figures they lie at 95 % (bootstrap).',
    `Costs: ${memory} on ${architecture} in ${region}, duration and request (prices of ${prices.asOf}).`,
    whereSentence(measurements, sizes),
    ...(noise === undefined ? [] : [noise]),
  ];
}

function whereSentence(
  { machine, node, runtime, enforced, purpose }: Measurements,
  sizes: readonly number[],
): string {
  const [size = 0] = sizes;
  const cpus =
    sizes.length > 1
      ? `On Lambda ${mbPerVcpu} MB have one vCPU`
      : `On Lambda ${size} MB have ${digits(vcpusOf(size), 3)} vCPUs`;
  if (!machine && purpose === 'tune') {
    return `${cpus}; these functions are deployed, and had each setting for the time of its measuring.`;
  }
  if (!machine) {
    return (
      `${cpus}; these functions are deployed. They keep their workers: sequential, and the sample's four, are the ` +
      "message groups of a FIFO queue's event, each of which is worked on in order."
    );
  }
  const held = enforced.cpu ? ', and the functions were held to that here' : '; here nothing was held back';
  const client = runtime === 'aws' ? "AWS's runtime client" : 'the own runtime client';
  return `${cpus}${held} (${machine.cpus} CPUs, Node ${node}, ${client}).`;
}
