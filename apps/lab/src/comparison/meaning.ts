import type { Group, Row } from './analyse.ts';
import { oneByOne, type Measurements } from './measurements.ts';
import { digits } from './table.ts';
import { sampleBatch, workloads } from './workloads.ts';

/** Within this factor of the fastest, a few runs on a machine that does other things tell no difference. */
const alike = 1.15;

/** What the comparison says, a sentence or two a workload. */
export function meaning(groups: readonly Group[]): readonly string[] {
  return groups.map(({ workload, rows }) => {
    const reason = workloads.find(({ name }) => name === workload)?.reason ?? sampleReason;
    return `${workload}: ${finding(rows.filter(({ way }) => way !== oneByOne.name))} ${reason}`;
  });
}

const sampleReason =
  `${sampleBatch.messages} messages of 200 ms by ${sampleBatch.workers} workers take 5 s in every technique: ` +
  'what the number of workers allows, and no more.';

function finding(techniques: readonly Row[]): string {
  const fastestFirst = [...techniques].sort((a, b) => a.duration.median - b.duration.median);
  const [best] = fastestFirst;
  if (!best) return '';
  const isAlike = (row: Row): boolean => row.duration.median <= best.duration.median * alike;
  const fast = fastestFirst.filter(isAlike);
  const slow = fastestFirst.filter((row) => !isAlike(row));
  const gain =
    best.speedUp < alike ? 'no faster than one by one' : `${digits(best.speedUp, 2)} × as fast as one by one`;
  const [slower] = slow;
  if (!slower) return `all techniques are alike, ${gain}.`;
  const factor = `${digits(slower.duration.median / best.duration.median, 2)} × as long`;
  return `${names(fast)} ${fast.length > 1 ? 'are' : 'is'} fastest, ${gain}; ${names(slow)} took ${factor}${slow.length > 1 ? ' or longer' : ''}.`;
}

function names(rows: readonly Row[]): string {
  return rows.map(({ way }) => way).join(' and ');
}

/** What has to be known to read the figures rightly. */
export function conditions({ memoryMb, architecture, machine, node, runtime }: Measurements): string {
  const cpus = digits(memoryMb / 1769, 3);
  return (
    `Whole invocations of the built functions, warm, medians. Costs: ${memoryMb} MB on ${architecture} in us-east-1, ` +
    `duration and request. On Lambda ${memoryMb} MB have ${cpus} vCPUs; here nothing was held back ` +
    `(${machine.cpus} CPUs, Node ${node}, ${runtime === 'aws' ? "AWS's runtime client" : 'the own runtime client'}).`
  );
}
