import { isTrue } from './is-true.ts';
import type { StepKind } from './step-kind.ts';

/** Never settles and ignores the signal, like a callback that got lost. */
export const hang: StepKind<true> = {
  name: 'hang',
  nature: 'waits',
  takes: 'true',
  accepts: isTrue,
  run: () => new Promise<never>(() => undefined),
};
