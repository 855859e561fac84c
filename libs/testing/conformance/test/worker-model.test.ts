import { expect, it } from 'vitest';

import { type WaitingMessage, WorkerModel } from '../src/models/worker-model.ts';
import { sourcesUnderTest } from '../src/sources/sources-under-test.ts';

/** The model of a batch of two workers; each message is in the group of its sentText. */
function play(name: string, actions: readonly (readonly [group: string, action: WaitingMessage['do']])[]) {
  const source = sourcesUnderTest.find((candidate) => candidate.name === name);
  if (!source) throw new Error(`No source is called ${name}`);
  return new WorkerModel(
    source,
    actions.map(([group, action]) => ({ group, do: action })),
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
])(
  'the model of %s starts %o after message 1 has failed, %o after 0 has succeeded',
  (name, afterOne, afterBoth) => {
    const model = play(name, failing);
    expect([...model.started]).toEqual([0, 1]);
    model.open(1);
    expect([...model.started]).toEqual(afterOne);
    model.open(0);
    expect([...model.started].sort()).toEqual(afterBoth);
    expect([[...model.succeeded], [...model.failed]]).toEqual([[0], [1]]);
  },
);

it('a gate can be opened before its message is started', () => {
  const model = play('SQS', failing);
  model.open(2);
  expect(model.ended).toBe(0);
  model.open(0);
  expect([...model.succeeded]).toEqual([0, 2]);
  expect([...model.started]).toEqual([0, 1, 2, 3]);
});

it('the model starts no message after the deadline, and ends those that react to it or whose gate opens', () => {
  const model = play('SQS FIFO', [
    ['a', 'reject on abort'],
    ['b', 'gate'],
    ['a', 'gate'],
    ['b', 'gate'],
    ['c', 'gate'],
  ]);
  model.reachDeadline();
  model.open(1);
  model.open(3);
  expect([...model.started]).toEqual([0, 1]);
  expect([[...model.succeeded], [...model.stopped], [...model.failed]]).toEqual([[1], [0], []]);
});

it('the model counts a message that succeeds on abort as a success', () => {
  const model = play('SQS', [['a', 'succeed on abort']]);
  model.reachDeadline();
  expect([...model.succeeded]).toEqual([0]);
});
