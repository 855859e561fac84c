import { GiveUp } from '@parallel-lambda/batch';

import type { StepKind } from './step-kind.ts';

const maxCharacters = 200;

/** Gives the message up: it is parked, where the function has a parking queue. */
export const giveUp: StepKind<string> = {
  name: 'giveUp',
  nature: 'computes',
  takes: `a reason of 1 to ${maxCharacters} characters`,
  accepts: (argument): argument is string =>
    typeof argument === 'string' && argument.length >= 1 && argument.length <= maxCharacters,
  run(reason) {
    throw new GiveUp(reason);
  },
};
