import { LabError } from '@parallel-lambda/local-lambda';
import { linePlot } from '@parallel-lambda/report';

import { bareThreads, fibers, promises, threads } from '../competitors.ts';
import type { Measurements } from '../measurements.ts';
import { fibersOfLessMemory } from '../memory.ts';
import { styled, type PagePicture } from './growth-picture.ts';
import type { MeasuredLine } from './growth.ts';

const drawn = [promises, threads, fibers, fibersOfLessMemory, bareThreads].map(({ name }) => name);
const settledAfter = 1000;

/**
 * What the process of a function holds, batch after batch.
 *
 * @throws {LabError} `usage`, when it was not measured
 */
export function memoryPicture({ memory, memoryMb }: Measurements): PagePicture {
  const lines = drawn.map((name): MeasuredLine => {
    const series = memory?.series.find(({ competitor }) => competitor === name);
    if (!series) throw new LabError('usage', `The memory of ${name} was not measured`);
    const points = series.batches.map((x, place) => {
      const median = series.maxMemoryMb[place] ?? NaN;
      return { x, median, low: median, high: median };
    });
    return { name, points };
  });
  const figures = lines.map(({ name, points }) => {
    const last = points.at(-1);
    const more = (last?.median ?? NaN) - (points.find(({ x }) => x === settledAfter)?.median ?? NaN);
    return `${name} ${last?.median} MB, ${more} more than after ${settledAfter.toLocaleString('en')}`;
  });
  return {
    id: 'growth-memory',
    title: 'Memory, batch after batch',
    howToRead:
      `The most memory that the function’s process was seen to hold, of ${memoryMb.toLocaleString('en')} MB that it has, after so many ` +
      'batches of 1,000 messages with nothing to do. Each line is one environment. What kept something of every batch would rise ' +
      'for ever, and the steeper the further right.',
    findings: [
      `After ${(lines[0]?.points.at(-1)?.x ?? NaN).toLocaleString('en')} batches: ${figures.join('; ')}.`,
    ],
    chart: (width) => linePlot(styled(lines), { x: { name: 'batches' }, y: { name: 'MB' } }, width),
  };
}
