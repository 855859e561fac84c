import { pictureFile } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { messagesOf } from '../../src/cases.ts';
import { growthPicture } from '../../src/growth/growth-picture.ts';
import { growths } from '../../src/growth/growths.ts';
import { measured } from '../measured.ts';

const costsUs: Readonly<Record<string, number>> = { promises: 3, 'worker-threads': 5, 'effect-fibers': 4 };

/** The same for every message, above what an empty handler takes, which is a microsecond. */
const flat = measured((one, competitor) => ((costsUs[competitor] ?? 1) * messagesOf(one)) / 1000);

function findingsOf(id: string): string {
  const growth = growths.find((candidate) => candidate.id === id);
  return growth ? growthPicture(growth, flat).findings.join(' ') : 'nothing';
}

describe('what a growth shows', () => {
  it('is what a message costs above an empty handler', () => {
    expect(findingsOf('growth-batch')).toContain(
      '2.0 and 2.0 µs with promises, 4.0 and 4.0 µs with worker-threads',
    );
  });

  it('is how many times as much the last costs as the first', () => {
    expect(findingsOf('growth-lanes')).toContain('promises 1.0, worker-threads 1.0');
    expect(findingsOf('growth-threads')).toContain('1.0 of the time with two threads and 1.0 with six');
  });
});

it.each(growths)('$id is drawn, with a mark for every point', (growth) => {
  const points = growth.lines.reduce((sum, { points: { length } }) => sum + length, 0);
  const svg = pictureFile(growthPicture(growth, flat));
  expect(svg).toContain(growth.title);
  expect(svg.match(/<path/g)?.length).toBeGreaterThan(points);
});

it('is an error where a case was not measured', () => {
  const [growth] = growths;
  if (!growth) throw new Error('There is none');
  expect(() => growthPicture(growth, { ...flat, measured: [] })).toThrow(
    'was not measured in the case nothing 10',
  );
});
