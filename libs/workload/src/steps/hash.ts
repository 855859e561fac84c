import { wholeNumber } from '../whole-number.ts';
import type { StepKind } from './step-kind.ts';

const password = 'one message is one password';

/** Computes on the JavaScript thread: one bcrypt hash, which blocks it. Each step of the cost doubles the time. */
export const hash: StepKind<number> = {
  name: 'hash',
  nature: 'computes',
  takes: 'a bcrypt cost, a whole number from 4 to 15',
  accepts: wholeNumber(4, 15),
  async run(cost) {
    // Not before the first hash, so that functions which never hash start no later for it.
    const { hashSync } = await import('bcryptjs');
    hashSync(password, cost);
  },
};
