import { expect, it } from 'vitest';

import { PlainWorkers, type WaitingMessage } from '../src/plain-workers.ts';
import { sourcesUnderTest } from '../src/sources-under-test.ts';

/** The model of a batch of two workers; each message is in the group of its letter. */
function play(name: string, deeds: readonly (readonly [group: string, deed: WaitingMessage['do']])[]) {
  const source = sourcesUnderTest.find((candidate) => candidate.name === name);
  if (!source) throw new Error(`No source is called ${name}`);
  return new PlainWorkers(
    source,
    deeds.map(([group, deed]) => ({ group, do: deed })),
    2,
  );
}

const failing = [
  ['a', 'gate'],
  ['b', 'gate, then fail'],
  ['b', 'gate'],
  ['a', 'gate'],
  ['c', 'gate'],
] as const;

it.each([
  ['SQS', [0, 1, 2], [0, 1, 2, 3]],
  ['SQS FIFO', [0, 1, 4], [0, 1, 3, 4]],
  ['Kinesis', [0, 1], [0, 1]],
  ['Kafka, by key', [0, 1, 4], [0, 1, 3, 4]],
])('the model of %s starts %o when message 1 has failed, %o when 0 is done', (name, afterOne, afterBoth) => {
  const model = play(name, failing);
  expect([...model.started]).toEqual([0, 1]);
  model.open(1);
  expect([...model.started]).toEqual(afterOne);
  model.open(0);
  expect([...model.started].sort()).toEqual(afterBoth);
  expect([[...model.succeeded], [...model.failed]]).toEqual([[0], [1]]);
});

it('a gate that is opened before its message is started lets it through', () => {
  const model = play('SQS', failing);
  model.open(2);
  expect(model.ended).toBe(0);
  model.open(0);
  expect([...model.succeeded]).toEqual([0, 2]);
  expect([...model.started]).toEqual([0, 1, 2, 3]);
});

it('at the deadline the model starts nothing more, and ends what heeds it and what is opened', () => {
  const model = play('SQS FIFO', [
    ['a', 'heed the signal'],
    ['b', 'gate'],
    ['a', 'gate'],
    ['b', 'gate'],
    ['c', 'gate'],
  ]);
  model.windUp();
  model.open(1);
  model.open(3);
  expect([...model.started]).toEqual([0, 1]);
  expect([[...model.succeeded], [...model.failed]]).toEqual([[1], [0]]);
});

it('the model takes heeding the signal for success where the work does', () => {
  const model = play('SQS', [['a', 'heed the signal, then succeed']]);
  model.windUp();
  expect([...model.succeeded]).toEqual([0]);
});
