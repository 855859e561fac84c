import { pictureFile } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { growthPicture } from '../../src/growth/growth-picture.ts';
import { growths } from '../../src/growth/growths.ts';
import { measured } from '../measured.ts';

const costsUs: Readonly<Record<string, number>> = { promises: 3, 'worker-threads': 5, 'effect-fibers': 4 };

/** Each message costs the same; in an empty handler, a microsecond. */
const flat = measured((_, variant, messages) => ((costsUs[variant] ?? 1) * messages) / 1000);

function findingsOf(id: string): string {
  const growth = growths.find((candidate) => candidate.id === id);
  return growth ? growthPicture(growth, flat).findings.join(' ') : 'nothing';
}

describe('a growth chart shows', () => {
  it('the cost of a message above an empty handler', () => {
    expect(findingsOf('growth-batch')).toContain('promises 2.0 and 2.0 µs, worker-threads 4.0 and 4.0 µs');
  });

  it('the ratio of the cost at the last point to that at the first', () => {
    expect(findingsOf('growth-lanes')).toContain('promises 1.0, worker-threads 1.0');
    expect(findingsOf('growth-threads')).toContain('64 bcrypt hashes: 1.0 and 1.0');
  });
});

it.each(growths)('$id has a mark for every point', (growth) => {
  const points = growth.lines.reduce((sum, { points: { length } }) => sum + length, 0);
  const svg = pictureFile(growthPicture(growth, flat));
  expect(svg).toContain(growth.title);
  expect(svg.match(/<path/g)?.length).toBeGreaterThan(points);
});

it.each(growths)('$id is an error if a case was not measured', (growth) => {
  expect(() => growthPicture(growth, { ...flat, samples: [] })).toThrow('was not measured in the case');
});
