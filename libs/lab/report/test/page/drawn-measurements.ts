import type { Measurements, Sample, Series } from '../../src/index.ts';
import { measurementsOf, sampleOf, seriesOf } from '../measurements-of.ts';
import { span, timelineOf } from '../timeline/timeline-of.ts';

const computes = { nature: 'computes' } as const;

function around(middle: number): number[] {
  return [0.98, 0.99, 1, 1.01, 1.02].map((factor) => middle * factor);
}

const variants = {
  sequential: around(485),
  promises: around(482),
  'worker-threads': around(257),
  'effect-fibers': around(475),
};

const cold = ['promises', 'worker-threads', 'effect-fibers'].map((variant): Series => ({
  ...seriesOf('cold start', variant),
  cold: true,
}));

const coldSamples = cold.flatMap((series, place): Sample[] =>
  [1, 1.1, 1.2].map((factor) => sampleOf(series, 5 * factor, { initDurationMs: 50 * factor + 20 * place })),
);

const compared = measurementsOf({ waiting: variants, computing: variants });

/** A comparison with everything that a report draws. */
export const drawnMeasurements: Measurements = {
  ...compared,
  workloads: [...compared.workloads, { name: 'cold start', body: [] }],
  series: [...compared.series, ...cold],
  samples: [...compared.samples, ...coldSamples],
  timelines: [
    timelineOf(2, [span(0, 0, 40), span(1, 0, 40), span(0, 40, 55, computes), span(1, 55, 70, computes)]),
    timelineOf(
      2,
      [0, 1].flatMap((message) => [
        span(message, 0, 40, { thread: message + 1 }),
        span(message, 40, 55, { ...computes, thread: message + 1 }),
      ]),
      'worker-threads',
    ),
  ],
};
