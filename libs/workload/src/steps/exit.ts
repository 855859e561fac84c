import { wholeNumber } from '../whole-number.ts';
import type { StepKind } from './step-kind.ts';

/** Ends the process, or the thread where it is not the main one, like a crash. */
export const exit: StepKind<number> = {
  name: 'exit',
  nature: 'computes',
  takes: 'an exit code, a whole number from 0 to 255',
  accepts: wholeNumber(0, 255),
  run: (code) => process.exit(code),
};
