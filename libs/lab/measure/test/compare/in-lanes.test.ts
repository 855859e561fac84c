import { expect, it } from 'vitest';

import { eventInLanes } from '../../src/compare/in-lanes.ts';

it('an event in lanes deals its messages out to the groups of a FIFO queue, in turn and in order', () => {
  const { Records } = eventInLanes(5, { wait: 1 }, 2);
  expect(Records.map(({ body, attributes }) => [body, attributes.MessageGroupId])).toEqual(
    ['group-0', 'group-1', 'group-0', 'group-1', 'group-0'].map((group) => ['{"wait":1}', group]),
  );
  const order = Records.map(({ attributes }) => attributes.SequenceNumber ?? '');
  expect([...order].sort()).toEqual(order);
  expect(new Set(order).size).toBe(5);
  expect(Records[0]?.eventSourceARN).toMatch(/\.fifo$/);
});
