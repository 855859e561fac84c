import { digits } from '@parallel-lambda/report';

import { threadCounts } from '../cases.ts';
import { empty, fibers, pMap, promises, threads } from '../competitors.ts';
import type { Growth, MeasuredLine } from './growth.ts';

const techniques = [promises.name, threads.name, fibers.name];
const followed = [...techniques, pMap.name, empty.name];

/** What a cost is shown to grow with, or not. */
export const growths: readonly Growth[] = [
  {
    id: 'growth-batch',
    title: 'A message in a larger batch',
    howToRead:
      'A whole invocation divided by its messages, which have nothing to do. A line falls where what an invocation costs by ' +
      'itself is shared by more messages, and is level where only messages cost. The dotted line is what AWS’s side costs: an ' +
      'empty handler that gets the same event.',
    along: 'messages in the batch',
    value: 'per message',
    lines: linesOf(followed, [10, 100, 1000, 10_000], (messages) => `nothing ${messages}`),
    findings: (lines) => [
      `Above an empty handler a message costs ${each(lines, techniques, (line) => {
        const [thousand, most] = [aboveEmpty(lines, line, 1000), aboveEmpty(lines, line, 10_000)];
        return `${digits(thousand, 2)} and ${digits(most, 2)} µs`;
      })}, in a batch of 1,000 and in one of 10,000.`,
    ],
  },
  {
    id: 'growth-bodies',
    title: 'A message with a longer body',
    howToRead:
      'A whole invocation divided by its messages, which have nothing to do and fill an event of 6 MB: the longer they are, the ' +
      'fewer. Both axes are logarithmic: a line as steep as the empty handler’s grows as what Lambda itself does for the event.',
    along: 'bytes of a body',
    value: 'per message',
    lines: linesOf(followed, [1000, 10_000, 100_000], (bytes) => `bodies of ${bytes / 1000} kB`),
    findings: (lines) => [
      `With a body a hundred times as long a message costs so many times as much: ${growthsOf(lines, followed)}.`,
    ],
  },
  {
    id: 'growth-lanes',
    title: 'A record in fewer or more lanes',
    howToRead:
      'A whole invocation divided by its 10,000 records of Kinesis, which have nothing to do: of one partition key, so that all are worked ' +
      'on one after another, up to each of its own. Where a line is level, it does not matter how many lanes there are.',
    along: 'lanes',
    value: 'per message',
    lines: linesOf(
      [...techniques, empty.name],
      [1, 10, 100, 1000, 10_000],
      (keys) => `lanes of Kinesis ${keys}`,
    ),
    findings: (lines) => [
      `In 10,000 lanes a record takes so many times as long as in one: ${growthsOf(lines, [...techniques, empty.name])}.`,
    ],
  },
  {
    id: 'growth-threads',
    title: 'A message with more threads',
    howToRead:
      'How many times as long a batch takes as with one thread, on two vCPUs. What computes halves at two, and stays there: ' +
      'threads beyond the vCPUs bring nothing. What has nothing to do shows what a thread costs a batch.',
    along: 'threads',
    value: 'times the first',
    lines: [
      ['64 bcrypt hashes', 'threads, computing'],
      ['10,000 with nothing to do', 'threads, nothing'],
    ].map(([name = '', one = '']) => ({
      name,
      points: threadCounts.map(({ count, name: competitor }) => ({ x: count, case: one, competitor })),
    })),
    findings: (lines) => {
      const ratios = lines.map(
        (line) =>
          `${line.name} take ${digits(medianAt(line, 2), 2)} of the time with two threads and ${digits(growthOf(line), 2)} with six`,
      );
      return [`${ratios.join('; ')}.`];
    },
  },
];

function linesOf(
  names: readonly string[],
  xs: readonly number[],
  caseOf: (x: number) => string,
): Growth['lines'] {
  return names.map((name) => ({ name, points: xs.map((x) => ({ x, case: caseOf(x), competitor: name })) }));
}

/** Says the same of several lines. */
function each(
  lines: readonly MeasuredLine[],
  names: readonly string[],
  say: (line: MeasuredLine) => string,
): string {
  return names.map((name) => `${say(lineOf(lines, name))} with ${name}`).join(', ');
}

function lineOf(lines: readonly MeasuredLine[], name: string): MeasuredLine {
  const found = lines.find((line) => line.name === name);
  if (!found) throw new Error(`There is no line ${name}`);
  return found;
}

function medianAt({ name, points }: MeasuredLine, x: number): number {
  const point = points.find((candidate) => candidate.x === x);
  if (!point) throw new Error(`There is no point at ${x} of ${name}`);
  return point.median;
}

function growthsOf(lines: readonly MeasuredLine[], names: readonly string[]): string {
  return names.map((name) => `${name} ${digits(growthOf(lineOf(lines, name)), 2)}`).join(', ');
}

/** How many times the first point the last one is. */
function growthOf({ points }: MeasuredLine): number {
  return (points.at(-1)?.median ?? NaN) / (points[0]?.median ?? NaN);
}

function aboveEmpty(lines: readonly MeasuredLine[], line: MeasuredLine, x: number): number {
  return medianAt(line, x) - medianAt(lineOf(lines, empty.name), x);
}
