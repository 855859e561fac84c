import { readBatch } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import { readOrders, sqsEvent } from '../src/index.ts';
import { readTask } from '../src/task.ts';

it('is an event of a standard queue when the messages have no group', () => {
  const { source, messages } = readBatch(sqsEvent([{ id: 'a', body: 'b', receiveCount: 3 }]));
  expect(source.name).toBe('SQS');
  expect(messages.map(({ id, text, receiveCount }) => [id, text, receiveCount])).toEqual([['a', 'b', 3]]);
});

it('is an event of a FIFO queue when they have one', () => {
  const { source, lanes } = readBatch(
    sqsEvent(['x', 'y', 'x'].map((group, index) => ({ id: String(index), body: '', group }))),
  );
  expect(source.name).toBe('SQS FIFO');
  expect(lanes).toEqual([[0, 2], [1]]);
});

it('holds the orders of a test, numbered from where the test says', () => {
  const { messages } = readOrders(['succeed', 'fail'], 7);
  expect(messages.map(({ id, text }) => [id, readTask(text).task])).toEqual([
    ['message-7', { number: 7, do: 'succeed' }],
    ['message-8', { number: 8, do: 'fail' }],
  ]);
});

it('gives an order without a lane one of its own where others have lanes', () => {
  const { lanes } = readOrders([{ do: 'succeed', lane: 'a' }, 'succeed', { do: 'fail', lane: 'a' }, 'fail']);
  expect(lanes).toEqual([[0, 2], [1], [3]]);
});
