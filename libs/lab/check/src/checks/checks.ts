import { eventChecks, failureChecks } from './batch-checks.ts';
import type { Check } from './check.ts';
import { fifoChecks } from './fifo-checks.ts';
import { leftBehindChecks } from './left-behind-checks.ts';
import { surviveChaos } from './survive-chaos.ts';

/** Every check, in the order in which they run. docs/contract.md says why each matters. */
export const checks: readonly Check[] = [
  ...failureChecks,
  ...fifoChecks,
  ...eventChecks,
  ...leftBehindChecks,
  {
    section: 'chaos',
    name: 'loses no message while environments are killed',
    means: 'Messages were deleted that had not been processed: they are lost.',
    run: surviveChaos,
  },
];
