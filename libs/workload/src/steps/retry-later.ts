import { RetryLater } from '@parallel-lambda/batch';

import { wholeNumber } from '../whole-number.ts';
import type { StepKind } from './step-kind.ts';

/** Asks to be redelivered later, at the first delivery only (always, where the source does not count). */
export const retryLater: StepKind<number> = {
  name: 'retryLater',
  nature: 'computes',
  takes: 'a whole number of seconds from 0 to 43200',
  accepts: wholeNumber(0, 43_200),
  run(seconds, { receiveCount = 1 }) {
    if (receiveCount === 1) throw new RetryLater({ seconds });
  },
};
