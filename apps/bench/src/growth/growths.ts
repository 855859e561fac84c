import { digits, type Estimate } from '@parallel-lambda/report';

import { threadCounts } from '../cases.ts';
import { empty, pMap, techniques } from '../functions.ts';

/** A point of a chart: one variant of one case. */
export interface GrowthPoint {
  readonly x: number;
  readonly case: string;
  readonly variant: string;
}

/** A line of measured points. */
export interface MeasuredLine {
  readonly name: string;
  readonly points: readonly (Pick<Estimate, 'median' | 'low' | 'high'> & { readonly x: number })[];
}

/** A chart of how a cost grows. */
export interface Growth {
  readonly id: string;
  readonly title: string;
  readonly howToRead: string;
  /** The name of the x axis. */
  readonly along: string;
  /** Microseconds per message, or a multiple of the line's first point. */
  readonly value: 'per message' | 'times the first';
  readonly lines: readonly { readonly name: string; readonly points: readonly GrowthPoint[] }[];
  readonly finding: (lines: readonly MeasuredLine[]) => string;
}

const own = techniques.map(({ name }) => name);

export const growths: readonly Growth[] = [
  {
    id: 'growth-batch',
    title: 'Batch size',
    howToRead:
      'The duration of an invocation divided by its messages, which have no work. A falling line means that more messages ' +
      'share the fixed cost of an invocation. The empty handler receives the same event and returns immediately.',
    along: 'messages per batch',
    value: 'per message',
    lines: linesOf([...own, pMap.name, empty.name], [10, 100, 1000, 10_000], (count) => `empty ${count}`),
    finding: (lines) => {
      const base = lineOf(lines, empty.name);
      const costs = own.map((name) => {
        const above = (x: number): string => digits(medianAt(lineOf(lines, name), x) - medianAt(base, x), 2);
        return `${name} ${above(1000)} and ${above(10_000)} µs`;
      });
      return `Cost per message above the empty handler, with 1,000 and with 10,000 messages: ${costs.join(', ')}.`;
    },
  },
  {
    id: 'growth-bodies',
    title: 'Message size',
    howToRead:
      'The duration of an invocation divided by its messages, which have no work and fill an event of 6 MB. If a line rises as ' +
      'steeply as the line of the empty handler, the cost is that of Lambda for the event.',
    along: 'bytes per body',
    value: 'per message',
    lines: linesOf(
      [...own, pMap.name, empty.name],
      [1000, 10_000, 100_000],
      (bytes) => `bodies ${bytes / 1000} kB`,
    ),
    finding: (lines) =>
      `Cost of a message of 100 kB relative to 1 kB: ${factors(lines, [...own, empty.name])}.`,
  },
  {
    id: 'growth-lanes',
    title: 'Partition keys',
    howToRead:
      'The duration of an invocation divided by its 10,000 Kinesis records, which have no work. On the left all records have one ' +
      'partition key and are processed in order. On the right each record has its own key.',
    along: 'partition keys',
    value: 'per message',
    lines: linesOf([...own, empty.name], [1, 10, 100, 1000, 10_000], (keys) => `keys ${keys}`),
    finding: (lines) =>
      `Cost of a record with its own key relative to one key for all records: ${factors(lines, [...own, empty.name])}.`,
  },
  {
    id: 'growth-threads',
    title: 'Threads',
    howToRead:
      'The duration of a batch as a multiple of its duration with one thread, on two vCPUs. Threads beyond the vCPUs do not help.',
    along: 'threads',
    value: 'times the first',
    lines: [
      ['64 bcrypt hashes', 'threads computing'],
      ['10,000 messages without work', 'threads empty'],
    ].map(([name = '', one = '']) => ({
      name,
      points: threadCounts.map(({ setting, name: variant }) => ({ x: setting.threads, case: one, variant })),
    })),
    finding: (lines) => {
      const ratios = lines.map(
        (line) => `${line.name}: ${digits(medianAt(line, 2), 2)} and ${digits(medianAt(line, 6), 2)}`,
      );
      return `Duration with two and with six threads relative to one thread: ${ratios.join('; ')}.`;
    },
  },
];

function linesOf(
  names: readonly string[],
  xs: readonly number[],
  caseOf: (x: number) => string,
): Growth['lines'] {
  return names.map((name) => ({ name, points: xs.map((x) => ({ x, case: caseOf(x), variant: name })) }));
}

function lineOf(lines: readonly MeasuredLine[], name: string): MeasuredLine {
  const found = lines.find((line) => line.name === name);
  if (!found) throw new Error(`The chart has no line ${name}`);
  return found;
}

function medianAt({ name, points }: MeasuredLine, x: number): number {
  const point = points.find((candidate) => candidate.x === x);
  if (!point) throw new Error(`The line ${name} has no point at ${x}`);
  return point.median;
}

/** Returns the last point of each line as a multiple of the first. */
function factors(lines: readonly MeasuredLine[], names: readonly string[]): string {
  return names
    .map((name) => {
      const { points } = lineOf(lines, name);
      return `${name} ${digits((points.at(-1)?.median ?? NaN) / (points[0]?.median ?? NaN), 2)}`;
    })
    .join(', ');
}
