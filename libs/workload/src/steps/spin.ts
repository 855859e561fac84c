import { isTrue } from './is-true.ts';
import type { StepKind } from './step-kind.ts';

/** Never returns: an endless loop, which nothing ends but the end of its thread. */
export const spin: StepKind<true> = {
  name: 'spin',
  nature: 'computes',
  takes: 'true',
  accepts: isTrue,
  run() {
    for (;;);
  },
};
