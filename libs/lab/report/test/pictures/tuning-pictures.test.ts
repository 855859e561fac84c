import { describe, expect, it } from 'vitest';

import { picturesOf, pricesOf, reportPage, type Picture } from '../../src/index.ts';
import { around, tunedMeasurements, type TunedSetting } from '../tuned-measurements.ts';

const variants = ['promises', 'worker-threads'];

/** Threads use two vCPUs, promises one: the coarse search, then workers and batch sizes at 1769 MB. */
const settings = variants.flatMap((variant, place): TunedSetting[] => [
  ...[884, 1769, 3538].map((memoryMb) => ({
    variant,
    memoryMb,
    durations: around(500 * Math.max(1769 / memoryMb, place === 1 ? 0 : 1)),
  })),
  ...[10, 100].map((workers) => ({ variant, workers, durations: around(5000 / workers) })),
  ...[10, 1000].map((messages) => ({ variant, messages, durations: around(5 * messages) })),
]);

function pictures(measured: readonly TunedSetting[]): readonly Picture[] {
  return picturesOf(tunedMeasurements(measured), pricesOf('us-east-1'));
}

describe('the pictures of a tuning', () => {
  it('are the choice, and what each setting does', () => {
    expect(pictures(settings).map(({ id }) => id)).toEqual([
      'choice',
      'memory-duration',
      'memory-cost',
      'speed-up',
      'workers-throughput',
      'batch-cost',
    ]);
  });

  it('name the settings that all points share, and the ends of a line', () => {
    const duration = pictures(settings).find(({ id }) => id === 'memory-duration');
    expect(duration?.howToRead).toContain('Batches of 100; default workers and threads.');
    expect(duration?.findings).toEqual(
      [
        'promises: 1000 ms at 884 MB, 500 ms at 3538 MB, 50% less.',
        'worker-threads: 1000 ms at 884 MB, 250 ms at 3538 MB, 75% less.',
      ].map((sentence) => sentence.replaceAll('1000 ms', '1.00 s')),
    );
  });

  it('compare with one vCPU, and claim no more than was measured', () => {
    const speedUp = pictures(settings).find(({ id }) => id === 'speed-up');
    expect(speedUp?.findings).toEqual([
      'promises: 1.0× the speed of one vCPU with 2.0 vCPUs.',
      'worker-threads: 2.0× the speed of one vCPU with 2.0 vCPUs.',
    ]);
  });

  it('omit settings without measurements', () => {
    const one = { memoryMb: 3008, durations: around(100) };
    expect(pictures([one]).map(({ id }) => id)).toEqual(['choice']);
  });

  it('name missing series', () => {
    const [choice] = pictures([...settings, { variant: 'effect-fibers', durations: [] }]);
    expect(choice?.findings.at(-1)).toBe('Not measured within the time budget: setting 14.');
  });

  it('show the throughput by a varied variable', () => {
    const varied = ['1', '5', '20'].map((value) => ({
      variables: { CONCURRENCY: value },
      durations: around(2000 / Number(value)),
    }));
    const picture = pictures([...settings, ...varied]).find(({ id }) => id === 'concurrency-throughput');
    expect(picture?.title).toBe('Throughput by CONCURRENCY');
    expect(picture?.findings[0]).toBe(
      'promises: 50.0 at CONCURRENCY=1, 1000 at CONCURRENCY=20, 20 times as much.',
    );
  });

  it('make a page below 1 MB', () => {
    const page = reportPage(tunedMeasurements(settings));
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
