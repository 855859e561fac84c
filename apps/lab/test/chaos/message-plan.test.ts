import { seededRandom } from '@parallel-lambda/event-source';
import { expect, it } from 'vitest';

import { planMessages } from '../../src/chaos/message-plan.ts';

function planned(count: number, seed: number) {
  const plan = planMessages('m', seededRandom(seed), (id) => `http://witness/${id}`);
  return Array.from({ length: count }, () => plan.next().value);
}

it('plans the same messages for the same seed, and others for another', () => {
  expect(planned(500, 1)).toEqual(planned(500, 1));
  expect(planned(500, 1)).not.toEqual(planned(500, 2));
});

it('has one of each kind among the first two hundred', () => {
  const kinds = new Set(planned(200, 1).map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['exiting', 'failing', 'flaky', 'good', 'hanging', 'hungry', 'spinning']);
});

it('tells the witness with the last step of each message', () => {
  const ids = planned(300, 1).map(({ id, body }) => {
    const steps = JSON.parse(body) as object[];
    expect(steps).toHaveLength(2);
    expect(steps[1]).toEqual({ fetch: `http://witness/${id}` });
    return id;
  });
  expect(new Set(ids).size).toBe(300);
});
