import { seededRandom } from '@parallel-lambda/event-sources';
import { expect, it } from 'vitest';

import { planMessages, steps, type Protocol } from '../../src/chaos/message-plan.ts';

function planned(count: number, seed: number, protocol: Protocol = steps) {
  const plan = planMessages('m', seededRandom(seed), (id) => `http://recorder/${id}`, protocol);
  return Array.from({ length: count }, () => plan.next().value);
}

it('plans the same messages for the same seed, and others for another', () => {
  expect(planned(500, 1)).toEqual(planned(500, 1));
  expect(planned(500, 1)).not.toEqual(planned(500, 2));
});

it('has one of each kind among the first two hundred', () => {
  const kinds = new Set(planned(200, 1).map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([
    'delayed',
    'exiting',
    'failing',
    'flaky',
    'good',
    'hanging',
    'hungry',
    'parked',
    'spinning',
  ]);
});

it('notifies the recorder with the last step of each message', () => {
  const ids = planned(300, 1).map(({ id, body }) => {
    const parsed = JSON.parse(body) as object[];
    expect(parsed).toHaveLength(2);
    expect(parsed[1]).toEqual({ fetch: `http://recorder/${id}` });
    return id;
  });
  expect(new Set(ids).size).toBe(300);
});
