import { quantile } from 'simple-statistics';

import type { Measurements } from '../measurements/measurements.ts';
import { digits } from '../statistics/figure-text.ts';

/** Ratio of the slow to the fast calibrations above which the machine counts as busy; a quiet one varies by a tenth. */
const busyRatio = 1.15;

/** Ratio to the fast calibrations above which one counts as interrupted. */
const interruptedRatio = 1.5;
/** Share of interrupted calibrations above which they are no accident: a median hides them, a maximum does not. */
const maxInterruptedShare = 0.02;

/** Share of CPU time that the hypervisor may withhold. */
const maxSteal = 0.02;

/** Returns a warning if the machine was busy during the measurement. */
export function noiseSentence({ noise, machine }: Measurements): string | undefined {
  const { calibrationsMs, loadAverage, steal = 0 } = noise;
  if (calibrationsMs.length === 0) return undefined;
  const [fast = 0, slow = 0] = quantile([...calibrationsMs], [0.1, 0.9]);
  const interruptions = calibrationsMs.filter((ms) => ms > fast * interruptedRatio);
  const isInterrupted = interruptions.length > Math.max(1, calibrationsMs.length * maxInterruptedShare);
  const signs = [
    ...(slow > fast * busyRatio
      ? [`a fixed loop took ${digits(fast, 2)} to ${digits(slow, 2)} ms`]
      : isInterrupted
        ? [
            `${interruptions.length} of ${calibrationsMs.length} runs of a loop of ${digits(fast, 2)} ms took up to ` +
              `${digits(Math.max(...interruptions), 2)} ms`,
          ]
        : []),
    ...(steal > maxSteal ? [`the hypervisor withheld ${digits(steal * 100, 2)}% of the CPU time`] : []),
  ];
  if (signs.length === 0) return undefined;
  // The load average covers the minute before, so on its own it may show a build.
  const load = machine ? `; load ${digits(loadAverage, 2)} on ${machine.cpus} CPUs at the start` : '';
  return (
    `The machine was busy during this run (${signs.join('; ')}${load}), so the results are less reliable. ` +
    'Close other programs and run it again.'
  );
}
