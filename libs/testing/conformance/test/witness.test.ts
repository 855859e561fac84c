import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';

import { isSettled, Witness } from '../src/index.ts';
import { writeTask } from '../src/task.ts';
import work from '../src/work.ts';

const context = {
  signal: new AbortController().signal,
  deadlineMs: undefined,
  requestId: undefined,
  functionArn: undefined,
};
const gate = (number: number) => ({
  id: `message-${number}`,
  text: writeTask({ number, do: 'gate' }),
  receiveCount: 1,
  bytes: Buffer.alloc(0),
  record: undefined,
});

/** Does the suite's work on the messages with these numbers in a thread of its own. */
function workInThread(numbers: readonly number[]): void {
  const module = JSON.stringify(new URL('../src/work.ts', import.meta.url).href);
  const messages = JSON.stringify(numbers.map(gate));
  const code = `import(${module}).then(({ default: work }) => {
    const signal = new AbortController().signal;
    for (const message of ${messages}) void work(message, { signal });
    setInterval(() => {}, 60_000);
  });`;
  const thread = new Worker(code, { eval: true });
  onTestFinished(async () => {
    await thread.terminate();
  });
}

describe('a witness', () => {
  it('sees what is started and what has ended, in their order', async () => {
    const witness = new Witness();
    witness.open(1);
    const works = [2, 0, 1].map((number) => work(gate(number), context));
    await witness.untilEnds(1);
    expect(witness.startOrder()).toEqual([2, 0, 1]);
    expect([witness.inWork, witness.mostInWork, witness.starts]).toEqual([2, 3, 3]);
    witness.open(0);
    await witness.untilEnds(2);
    expect(witness.endedAt(0)).toBeGreaterThan(witness.endedAt(1));
    expect(witness.endedAt(2)).toBe(0);
    witness.openAll();
    await Promise.all(works);
    expect([witness.inWork, witness.mostInWork]).toEqual([0, 3]);
  });

  it('holds what came to its gate until the gate is opened', async () => {
    const witness = new Witness();
    const held = Promise.resolve(work(gate(0), context));
    expect(await isSettled(held)).toBe(false);
    witness.open(1);
    expect(await isSettled(held)).toBe(false);
    witness.open(0);
    await held;
  });

  it('sees and holds what is worked on in other threads', async () => {
    const witness = new Witness();
    workInThread([0, 1]);
    workInThread([2]);
    await witness.untilStarts(3);
    expect(witness.mostInWork).toBe(3);
    witness.open(2);
    await witness.untilEnds(1);
    expect(witness.endedAt(2)).toBe(4);
    witness.open(0, 1);
    await witness.untilEnds(3);
    expect(witness.inWork).toBe(0);
  });

  it('counts a message that is started twice', () => {
    const witness = new Witness();
    witness.openAll();
    for (const number of [5, 5]) void work(gate(number), context);
    expect([witness.startsOf(5), witness.startsOf(4)]).toEqual([2, 0]);
  });

  it('forgets everything when told to', async () => {
    const witness = new Witness();
    witness.open(0);
    await work(gate(0), context);
    await witness.untilEnds(1);
    witness.reset();
    expect([witness.starts, witness.mostInWork, witness.startsOf(0)]).toEqual([0, 0, 0]);
  });
});
