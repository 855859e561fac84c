import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  claimWithin,
  laneCursor,
  readBatch,
  startDeadline,
  WorkerLimit,
  type Batch,
  type LaneCursor,
} from '../../src/technique/index.ts';
import { batchOf } from '../batch-of.ts';
import { kinesisRecord } from '../sources/kinesis-record.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A batch of four messages, of which the first and the third are one lane. */
const inLanes = (): Batch => ({ ...batchOf('a', 'b', 'c', 'd'), lanes: [[0, 2], [1], [3]] });
const stream = (): Batch => readBatch({ Records: ['1', '2', '3', '4'].map((id) => kinesisRecord(id)) });

/** The messages of a worker, which never has to wait for a place. */
function claimMessages(cursor: LaneCursor) {
  return claimWithin(cursor, new WorkerLimit(10).share(startDeadline(undefined)));
}

describe('the cursor of a batch', () => {
  it('gives each message to one worker, lane by lane', () => {
    const cursor = laneCursor(inLanes(), startDeadline(undefined));
    const [one, other] = [claimMessages(cursor), claimMessages(cursor)];
    const next = [one.next(), other.next(), other.next(), one.next(), one.next(), other.next()];
    expect(next.map(({ value }) => value)).toEqual([0, 1, 3, 2, undefined, undefined]);
  });

  it('does not start the rest of a lane in which a message failed', () => {
    const cursor = laneCursor(inLanes(), startDeadline(undefined));
    const started: number[] = [];
    for (const position of claimMessages(cursor)) {
      started.push(Number(position));
      if (position === 0) cursor.fail(position);
    }
    expect(started).toEqual([0, 1, 3]);
  });

  it('starts nothing after a failure in a stream, whichever worker asks', () => {
    const batch = { ...stream(), lanes: [[0], [1], [2], [3]] };
    const cursor = laneCursor(batch, startDeadline(undefined));
    cursor.fail(2);
    cursor.fail(1);
    expect([...claimMessages(cursor)]).toEqual([0, 1]);
  });

  it('starts nothing after the deadline, though no timer has fired', () => {
    using deadline = startDeadline(1_000);
    const workers = claimMessages(laneCursor(batchOf('a', 'b', 'c'), deadline));
    expect(workers.next().value).toBe(0);
    vi.setSystemTime(Date.now() + 800);
    expect(workers.next().value).toBeUndefined();
    expect(deadline.signal.aborted).toBe(true);
  });
});
