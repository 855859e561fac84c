import { expect, it } from 'vitest';

import { judge } from '../../src/chaos/verdict.ts';

it('distinguishes processed, dead, lost and repeated messages', () => {
  const verdict = judge({
    sent: new Map([
      ['done', 'good'],
      ['twice', 'flaky'],
      ['dead', 'failing'],
      ['done and dead', 'good'],
      ['lost', 'good'],
    ]),
    done: new Map([
      ['done', 1],
      ['twice', 2],
      ['done and dead', 3],
    ]),
    deadLetters: new Set(['dead', 'done and dead']),
  });
  expect(verdict).toEqual({
    sent: 5,
    kinds: { good: 3, flaky: 1, failing: 1 },
    done: 2,
    deadLetters: 2,
    doneAndDead: 1,
    lost: ['lost'],
    repeated: 2,
    maxTimes: 3,
  });
});
