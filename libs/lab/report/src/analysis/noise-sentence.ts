import { quantile } from 'simple-statistics';

import type { Measurements } from '../measurements/measurements.ts';
import { digits } from '../statistics/figure-text.ts';

/** What is always the same may take a tenth longer now and then, on a machine that has nothing else to do. */
const quiet = 1.15;

/** So much longer is an interruption, and so many of them are no accident: a median does not show them, a slowest sample may. */
const interrupted = 1.5;
const mostInterruptions = 0.02;

/** More than this of its time given to others is no longer the machine that was meant. */
const mostSteal = 0.02;

/** What else the machine did meanwhile, in a sentence; nothing when it was quiet. */
export function noiseSentence({ noise, machine }: Measurements): string | undefined {
  const { calibrationsMs, loadAverage, steal = 0 } = noise;
  if (calibrationsMs.length === 0) return undefined;
  const [fast = 0, slow = 0] = quantile([...calibrationsMs], [0.1, 0.9]);
  const interruptions = calibrationsMs.filter((ms) => ms > fast * interrupted);
  const isInterrupted = interruptions.length > Math.max(1, calibrationsMs.length * mostInterruptions);
  const signs = [
    ...(slow > fast * quiet
      ? [`a loop that is always the same took from ${digits(fast, 2)} to ${digits(slow, 2)} ms`]
      : isInterrupted
        ? [
            `${interruptions.length} of ${calibrationsMs.length} times a loop that takes ${digits(fast, 2)} ms took up to ` +
              digits(Math.max(...interruptions), 2),
          ]
        : []),
    ...(steal > mostSteal
      ? [`the hypervisor kept back ${digits(steal * 100, 2)} % of the processors' time`]
      : []),
  ];
  if (signs.length === 0) return undefined;
  // It looks a minute back, so by itself it tells of what was built before.
  const load = machine
    ? `, with ${digits(loadAverage, 2)} processes wanting to run on ${machine.cpus} CPUs at the beginning`
    : '';
  return (
    `The machine was busy with other things (${signs.join('; ')}${load}): ` +
    'take the figures with care, or measure again.'
  );
}
