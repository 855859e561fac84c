import { setUp, statuses, times } from '@parallel-lambda/conformance';
import { expect, it } from 'vitest';

import { threadWorkers } from '../src/index.ts';

const work = new URL(import.meta.resolve('@parallel-lambda/conformance/work'));

it.each([1, 2, 3])(
  '%i threads process 1,000 messages in 40 groups of 25, or in one more per additional thread',
  async (threads) => {
    const makeTechnique = () => threadWorkers({ work, workers: 50 * threads, threads });
    const { run, recorder } = setUp(makeTechnique, { workers: 50 * threads });
    const outcomes = await run(times(1_000, 'join a group of 25'));
    expect(statuses(outcomes).filter((status) => status === 'succeeded')).toHaveLength(990);
    expect(recorder.events).toBeGreaterThanOrEqual(40);
    // A thread that the system stops before its first group begins finds the rest of that group claimed.
    expect(recorder.events).toBeLessThanOrEqual(40 + threads - 1);
  },
);
