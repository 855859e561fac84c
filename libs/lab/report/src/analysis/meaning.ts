import { mbPerVcpu, vcpusOf } from '@parallel-lambda/local-lambda';

import { baselineVariant, type Measurements } from '../measurements/measurements.ts';
import type { PriceList } from '../prices-of.ts';
import { compareMedians } from '../statistics/compare-medians.ts';
import { digits } from '../statistics/figure-text.ts';
import type { Group, Row } from './analyse-workloads.ts';
import { noiseSentence } from './noise-sentence.ts';
import { rank } from './rank.ts';

/** Returns the result of each workload in one or two sentences. */
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
      ? `${names(fastest)} are equally fast (differences are within the noise): ${gain}.`
      : `${best.variant}: ${gain}.`;
  }
  const times = compareMedians(first.durationsMs, best.durationsMs).ratio;
  const factor = `${slower.length > 1 ? 'at least ' : ''}${digits(times, 2)}× as long`;
  return `${names(fastest)} ${fastest.length > 1 ? 'are' : 'is'} fastest, ${gain}; ${names(slower)} took ${factor}.`;
}

function gainOf({ speedUp }: Row): string {
  if (!speedUp) return 'sequential was not measured';
  const { ratio, differs } = speedUp;
  // A computed baseline is a single figure: a distant value needs no samples to differ.
  if (differs || ratio > 1.5) return `${digits(ratio, 2)}× faster than sequential`;
  return 'no measurable gain over sequential';
}

const list = new Intl.ListFormat('en-GB');

function names(rows: readonly Row[]): string {
  return list.format(rows.map(({ variant }) => variant));
}

/** Returns the conditions of the measurement, one sentence each. */
export function conditions(measurements: Measurements, prices: PriceList): readonly string[] {
  const { series, architecture, region } = measurements;
  const sizes = [...new Set(series.map(({ setting }) => setting.memoryMb))];
  const memory = sizes.length > 1 ? 'each memory size' : `${sizes[0] ?? 0} MB`;
  const noise = noiseSentence(measurements);
  return [
    'Duration is the median of whole warm invocations, interleaved, with its 95% confidence interval (bootstrap).',
    `Cost is that of duration and requests, for ${memory} on ${architecture} in ${region} (prices of ${prices.asOf}).`,
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
      ? `On Lambda, ${mbPerVcpu} MB give one vCPU.`
      : `On Lambda, ${size} MB give ${digits(vcpusOf(size), 3)} vCPUs.`;
  if (!machine && purpose === 'tune') {
    return `${cpus} The functions are deployed. Each setting was applied during its measurement.`;
  }
  if (!machine) {
    return (
      `${cpus} The functions are deployed and keep their number of workers. The sequential baseline and the ` +
      "sample's four workers are message groups of a FIFO event, which are each processed in order."
    );
  }
  const limit = enforced.cpu ? 'The functions had this share of the CPUs' : 'The CPUs were not limited';
  const client = runtime === 'aws' ? "AWS's runtime client" : "the lab's runtime client";
  return `${cpus} ${limit} (${machine.cpus} CPUs, Node.js ${node}, ${client}).`;
}
