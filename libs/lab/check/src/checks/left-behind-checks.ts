import type { Leak } from '@parallel-lambda/local-lambda';

import type { Check } from './check.ts';
import { reports, responseText } from './response.ts';
import { batchOf } from './test-batches.ts';
import { tryMessages } from './trial.ts';

/** Checks of what an invocation leaves to the next one. */
export const leftBehindChecks: readonly Check[] = [
  {
    section: 'batch',
    name: 'processes the next batch correctly after a hang',
    means: 'What a batch leaves behind affects the next invocation of the environment.',
    run: async (subject) => {
      const before = batchOf(10, { '0': 'fail at once', '4': 'never' });
      const trial = await tryMessages(subject, batchOf(10, { '3': 'fail' }), { before });
      return { passed: reports(trial, ['3']), seen: `3 failed; ${responseText(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'processes the next batch correctly while earlier work fails',
    means: 'A rejection without a handler surfaces in the next invocation and fails it.',
    run: async (subject) => {
      const before = batchOf(10, { '0': 'fail at once', '3': 'fail', '7': 'fail' });
      const trial = await tryMessages(subject, batchOf(10), { before });
      return { passed: reports(trial, []), seen: responseText(trial) };
    },
  },
  {
    section: 'leaks',
    name: 'leaves no timer, request, socket or thread active',
    means: 'Something was still active at the response: it is frozen, and continues in the next invocation.',
    run: async (subject) => {
      const answers = { '0': 'fail at once', '3': 'fail' } as const;
      const { result } = await tryMessages(subject, batchOf(10, answers), { strict: true });
      const { leaks } = result;
      if (leaks) return { passed: leaks.length === 0, seen: leakText(leaks) };
      return { passed: null, seen: `unknown: ${responseText({ result, reported: undefined })}` };
    },
  },
];

function leakText(leaks: readonly Leak[]): string {
  const [first, ...rest] = leaks;
  if (!first) return 'nothing left';
  const { what, count, where } = first;
  const more = count - 1 + rest.reduce((sum, leak) => sum + leak.count, 0);
  return `${what}${where === undefined ? '' : ` (${where})`}${more > 0 ? `, and ${more} more` : ''}`;
}
