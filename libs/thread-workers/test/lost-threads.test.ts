import { statuses, times } from '@parallel-lambda/conformance';
import { describe, expect, it } from 'vitest';

import { streamOf } from './batch-of.ts';
import { make, run } from './set-up.ts';

describe('a thread that ends', () => {
  it.each(['exit', 'exit with 0'])('costs its messages in flight: %s', async (exit) => {
    const outcomes = await run(make(1), ['succeed', exit, 'succeed', 'succeed']);
    expect(outcomes[1]).toEqual({ status: 'unfinished', reason: 'interrupted' });
    expect(statuses(outcomes)).toEqual(['succeeded', 'unfinished', 'succeeded', 'succeeded']);
  });

  it('leaves the rest of the lane not started', async () => {
    const outcomes = await run(make(1), ['exit', 'succeed', 'succeed'], { lanes: [[0, 1], [2]] });
    expect(outcomes[1]).toEqual({ status: 'unfinished', reason: 'not started' });
    expect(outcomes[2]).toEqual({ status: 'succeeded' });
  });

  it('is replaced, also when every thread has ended', async () => {
    const technique = make(2);
    expect(statuses(await run(technique, [...times(6, 'exit'), 'succeed']))).toEqual([
      ...times(6, 'unfinished'),
      'succeeded',
    ]);
    expect(statuses(await run(technique, times(50, 'succeed')))).toEqual(times(50, 'succeeded'));
  });

  it('because of a rejection revokes the success of the message that left it behind', async () => {
    const outcomes = await run(make(1), ['succeed', 'let a promise reject']);
    expect(outcomes[0]).toEqual({ status: 'succeeded' });
    expect(outcomes[1]).toMatchObject({ status: 'failed', error: { message: 'a stray rejection' } });
  });

  it('because of an error in a callback fails the message of that callback', async () => {
    const outcomes = await run(make(1), ['throw in a callback', 'succeed']);
    expect(outcomes[0]).toMatchObject({ status: 'failed', error: { message: 'thrown in a callback' } });
  });
});

describe('a thread that ends while it processes a stream', () => {
  it('makes its message the checkpoint: no message after it is started, all before it are finished', async () => {
    const texts = ['succeed', 'succeed', 'exit', 'succeed', 'succeed', 'succeed'];
    const lanes = [[0, 2, 4], [1], [3], [5]];
    const outcomes = await run(make(1, 'work.ts', 1), texts, { lanes, batch: streamOf(texts) });
    expect(outcomes[2]).toEqual({ status: 'unfinished', reason: 'interrupted' });
    expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', ...times(4, 'unfinished')]);
    expect(outcomes.slice(3)).toEqual(times(3, { status: 'unfinished', reason: 'not started' }));
  });
});

describe('two batches in flight', () => {
  it('do not lose messages when a thread ends in the other batch', async () => {
    const technique = make(2);
    const [first, second] = await Promise.all([
      run(technique, times(10, 'exit')),
      run(technique, times(10, 'succeed')),
    ]);
    expect(statuses(first)).toEqual(times(10, 'unfinished'));
    expect(statuses(second)).toEqual(times(10, 'succeeded'));
  });
});
