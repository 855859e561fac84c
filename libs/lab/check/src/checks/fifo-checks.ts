import type { Check } from './check.ts';
import { reports, responseText } from './response.ts';
import { fifoBatch, inOrder } from './test-batches.ts';
import { tryMessages } from './trial.ts';

/** Checks with messages of three FIFO groups. */
export const fifoChecks: readonly Check[] = [
  {
    section: 'batch',
    name: 'keeps the order within a FIFO group',
    means: 'Messages of a group overtake each other.',
    run: async (subject) => {
      const trial = await tryMessages(subject, fifoBatch());
      const passed = reports(trial, []) && inOrder(trial);
      return { passed, seen: `${inOrder(trial) ? 'in order' : 'out of order'}; ${responseText(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'processes FIFO groups in parallel',
    means: 'Groups wait for each other, or the order within them is not kept.',
    run: async (subject) => {
      const { peak } = await tryMessages(subject, fifoBatch());
      return { passed: peak > 1 && peak <= 3, seen: `at most ${peak} in flight, of 3 groups` };
    },
  },
  {
    section: 'batch',
    name: 'stops a FIFO group at its first failure',
    means: 'Later messages of a group are processed before the failed one is redelivered.',
    run: async (subject) => {
      const trial = await tryMessages(subject, fifoBatch({ a0: 'fail' }));
      const begun = trial.events.some(({ id, what }) => what === 'began' && ['a1', 'a2'].includes(id));
      const passed = !begun && ['a0', 'a1', 'a2'].every((id) => trial.reported?.includes(id));
      const seen = `the rest of the group was ${begun ? '' : 'not '}started; ${responseText(trial)}`;
      return { passed, seen };
    },
  },
];
