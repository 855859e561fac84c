import { setUp, statuses, times } from '@parallel-lambda/conformance';
import { expect, it } from 'vitest';

import { threadWorkers } from '../src/index.ts';

const work = new URL(import.meta.resolve('@parallel-lambda/conformance/work'));

it.each([1, 2, 3])(
  '%i threads process 1,000 messages in groups of 25, with one small group each',
  async (threads) => {
    const makeTechnique = () => threadWorkers({ work, workers: 50 * threads, threads });
    const { run, recorder } = setUp(makeTechnique, { workers: 50 * threads });
    const outcomes = await run(times(1_000, 'join a group of 25'));
    expect(statuses(outcomes).filter((status) => status === 'succeeded')).toHaveLength(990);
    expect(recorder.events).toBeGreaterThanOrEqual(40);
    expect(recorder.events).toBeLessThanOrEqual(40 + threads - 1);
  },
);
