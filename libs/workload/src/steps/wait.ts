import { wholeNumber } from '../whole-number.ts';
import type { StepKind } from './step-kind.ts';

// Not imported, for that takes a quarter of a millisecond of every cold start.
const timers = (): typeof import('node:timers/promises') => process.getBuiltinModule('node:timers/promises');

/** The longest timeout of a function. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const maxWaitMs = 900_000;

/** Waits, like the sample's "blocking, but not CPU-intensive operation". At most as long as Lambda runs. */
export const wait: StepKind<number> = {
  name: 'wait',
  nature: 'waits',
  takes: `a whole number of milliseconds from 0 to ${maxWaitMs}`,
  accepts: wholeNumber(0, maxWaitMs),
  run: (ms, _message, { signal }) => timers().setTimeout(ms, undefined, { signal }),
};
