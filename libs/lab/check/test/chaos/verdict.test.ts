import { expect, it } from 'vitest';

import { judge } from '../../src/chaos/verdict.ts';

it('distinguishes processed, dead, parked, lost and repeated messages', () => {
  const verdict = judge({
    sent: new Map([
      ['done', 'good'],
      ['twice', 'flaky'],
      ['dead', 'failing'],
      ['done and dead', 'good'],
      ['parked', 'parked'],
      ['parked twice', 'parked'],
      ['parked and dead', 'parked'],
      ['lost', 'good'],
    ]),
    done: new Map([
      ['done', 1],
      ['twice', 2],
      ['done and dead', 3],
    ]),
    deadLetters: new Set(['dead', 'done and dead', 'parked and dead']),
    parked: new Map([
      ['parked', 1],
      ['parked twice', 2],
      ['parked and dead', 1],
    ]),
  });
  expect(verdict).toEqual({
    sent: 8,
    kinds: { good: 3, flaky: 1, failing: 1, parked: 3 },
    done: 2,
    deadLetters: 3,
    doneAndDead: 1,
    parked: 2,
    parkedAgain: 1,
    lost: ['lost'],
    repeated: 2,
    maxTimes: 3,
  });
});
