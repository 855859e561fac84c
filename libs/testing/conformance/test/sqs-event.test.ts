import { readBatch } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import { batchOf, sqsEvent } from '../src/index.ts';
import { readTask } from '../src/work/task.ts';

it('is an event of a standard queue if the messages have no group', () => {
  const { source, messages } = readBatch(sqsEvent([{ id: 'a', body: 'b', receiveCount: 3 }]));
  expect(source.name).toBe('SQS');
  expect(messages.map(({ id, text, receiveCount }) => [id, text, receiveCount])).toEqual([['a', 'b', 3]]);
});

it('is an event of a FIFO queue if they have one', () => {
  const { source, lanes } = readBatch(
    sqsEvent(['x', 'y', 'x'].map((group, index) => ({ id: String(index), body: '', group }))),
  );
  expect(source.name).toBe('SQS FIFO');
  expect(lanes).toEqual([[0, 2], [1]]);
});

it('holds the tasks of a test, numbered from `first`', () => {
  const { messages } = batchOf(['succeed', 'fail'], 7);
  expect(messages.map(({ id, text }) => [id, readTask(text).task])).toEqual([
    ['message-7', { number: 7, do: 'succeed' }],
    ['message-8', { number: 8, do: 'fail' }],
  ]);
});

it('gives a task without a lane its own lane if others have lanes', () => {
  const { lanes } = batchOf([{ do: 'succeed', lane: 'a' }, 'succeed', { do: 'fail', lane: 'a' }, 'fail']);
  expect(lanes).toEqual([[0, 2], [1], [3]]);
});
