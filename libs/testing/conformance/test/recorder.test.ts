import { Worker } from 'node:worker_threads';

import { contextOf } from '@parallel-lambda/batch/technique';
import { describe, expect, it, onTestFinished } from 'vitest';

import { isSettled, Recorder } from '../src/index.ts';
import work from '../src/work/work.ts';
import { writeTask } from '../src/work/write-task.ts';

const context = contextOf({}, new AbortController().signal);
const gate = (number: number) => ({
  id: `message-${number}`,
  text: writeTask({ number, do: 'gate' }),
  receiveCount: 1,
  bytes: Buffer.alloc(0),
  record: undefined,
});

/** Runs the suite's work for the messages with these numbers in a new thread. */
function workInThread(numbers: readonly number[]): void {
  const module = JSON.stringify(new URL('../src/work/work.ts', import.meta.url).href);
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

describe('a recorder', () => {
  it('records starts and ends in order', async () => {
    const recorder = new Recorder();
    recorder.open(1);
    const works = [2, 0, 1].map((number) => Promise.resolve(work(gate(number), context)));
    await recorder.untilEnds(1);
    expect(recorder.startOrder()).toEqual([2, 0, 1]);
    expect([recorder.inFlight, recorder.maxInFlight, recorder.starts]).toEqual([2, 3, 3]);
    recorder.open(0);
    await recorder.untilEnds(2);
    expect(recorder.endedAt(0)).toBeGreaterThan(recorder.endedAt(1));
    expect(recorder.endedAt(2)).toBe(0);
    recorder.openAll();
    await Promise.all(works);
    expect([recorder.inFlight, recorder.maxInFlight]).toEqual([0, 3]);
  });

  it('holds a message at its gate until the gate is opened', async () => {
    const recorder = new Recorder();
    const held = Promise.resolve(work(gate(0), context));
    expect(await isSettled(held)).toBe(false);
    recorder.open(1);
    expect(await isSettled(held)).toBe(false);
    recorder.open(0);
    await held;
  });

  it('records and holds messages in other threads', async () => {
    const recorder = new Recorder();
    workInThread([0, 1]);
    workInThread([2]);
    await recorder.untilStarts(3);
    expect(recorder.maxInFlight).toBe(3);
    recorder.open(2);
    await recorder.untilEnds(1);
    expect(recorder.endedAt(2)).toBe(4);
    recorder.open(0, 1);
    await recorder.untilEnds(3);
    expect(recorder.inFlight).toBe(0);
  });

  it('counts both starts of a message that is started twice', () => {
    const recorder = new Recorder();
    recorder.openAll();
    for (const number of [5, 5]) void work(gate(number), context);
    expect([recorder.startsOf(5), recorder.startsOf(4)]).toEqual([2, 0]);
  });

  it('is empty after a reset', async () => {
    const recorder = new Recorder();
    recorder.open(0);
    await work(gate(0), context);
    await recorder.untilEnds(1);
    recorder.reset();
    expect([recorder.starts, recorder.maxInFlight, recorder.startsOf(0)]).toEqual([0, 0, 0]);
  });
});
