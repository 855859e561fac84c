import type { Outcome } from '@parallel-lambda/batch';
import { notStarted, respond } from '@parallel-lambda/batch/technique';
import { describe, expect, it } from 'vitest';

import { manualDeadline } from '../setup/manual-deadline.ts';
import type { MakeTechnique } from '../setup/fixture.ts';
import { batchOf } from '../sources/batch-of.ts';
import type { TaskSpec } from '../sources/batch-of.ts';
import { setUpShared } from '../setup/set-up.ts';
import { sourcesUnderTest, type SourceUnderTest } from '../sources/sources-under-test.ts';
import { statuses } from '../setup/helpers.ts';
import { times } from '../setup/helpers.ts';
import { turns } from '../setup/helpers.ts';

/**
 * Contract 8: if the response is a checkpoint, nothing behind a message that did not succeed is started, because it would
 * be processed twice; everything before it is finished.
 */
export function streams(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  describe.each(sourcesUnderTest.filter(({ checkpoint }) => checkpoint))('of $name', (source) => {
    it('start nothing after a failure, and finish the messages in flight', async () => {
      const { run, recorder } = await setUp({ workers: 3 });
      const tasks = ['gate', 'gate, then fail', 'gate', ...times(9, 'succeed' as const)] as const;
      const running = run(tasks, { source });
      await recorder.untilStarts(3);
      recorder.open(1);
      await recorder.untilEnds(1);
      await turns();
      expect([recorder.starts, recorder.inFlight]).toEqual([3, 2]);
      recorder.open(0, 2);
      const outcomes = await running;
      expect(statuses(outcomes.slice(0, 3))).toEqual(['succeeded', 'failed', 'succeeded']);
      expect(outcomes.slice(3)).toEqual(times(9, notStarted));
      expect(recorder.starts).toBe(3);
      expect(checkpointOf(source, tasks, outcomes)).toBe('message-1');
    });

    it('finish everything before a failure, including unclaimed lanes', async () => {
      const { run, recorder } = await setUp({ workers: 2 });
      const lanes = ['a', 'b', 'c', 'd', 'b', 'a', 'b', 'e'];
      const tasks = lanes.map((lane, number) => ({ do: actionOf(number, { failing: 4 }), lane }));
      const running = run(tasks, { source });
      await recorder.untilStarts(2);
      recorder.open(1, 4);
      await recorder.untilStarts(4);
      // The first message still occupies one worker.
      recorder.open(2, 3);
      await recorder.untilEnds(4);
      await turns();
      expect(recorder.startsOf(5)).toBe(0);
      recorder.openAll();
      const outcomes = await running;
      expect(statuses(outcomes)).toEqual([...times(4, 'succeeded'), 'failed', ...times(3, 'unfinished')]);
      expect(times(8, 0).map((_, number) => recorder.startsOf(number))).toEqual([1, 1, 1, 1, 1, 0, 0, 0]);
      expect(checkpointOf(source, tasks, outcomes)).toBe('message-4');
    });

    it('report the lowest of several failures as the checkpoint, in whatever order they failed', async () => {
      const { run, recorder } = await setUp({ workers: 5 });
      const tasks = [
        'gate',
        'gate, then fail',
        'gate',
        'gate, then fail',
        'gate, then fail',
        'succeed',
      ] as const;
      const running = run(tasks, { source });
      await recorder.untilStarts(5);
      for (const [ended, number] of [3, 4, 1, 2, 0].entries()) {
        recorder.open(number);
        await recorder.untilEnds(ended + 1);
      }
      const outcomes = await running;
      expect(statuses(outcomes)).toEqual([
        'succeeded',
        'failed',
        'succeeded',
        'failed',
        'failed',
        'unfinished',
      ]);
      expect(checkpointOf(source, tasks, outcomes)).toBe('message-1');
    });

    it('finish everything before a failure, even with a worker that has left a lane', async () => {
      const { run, recorder } = await setUp({ workers: 1 });
      const lanes = ['a', 'b', 'c', 'd', 'a', 'b', 'c'];
      const tasks = lanes.map((lane, number) => ({ do: number === 4 ? 'fail' : 'succeed', lane }) as const);
      const outcomes = await run(tasks, { source });
      expect(recorder.startOrder()).toEqual([0, 4, 1, 2, 3]);
      expect(checkpointOf(source, tasks, outcomes)).toBe('message-4');
    });

    it('keep the checkpoint of a lower failure when a higher one follows', async () => {
      const { run, recorder } = await setUp({ workers: 3 });
      const tasks = [
        { do: 'gate', lane: 'a' },
        { do: 'gate, then fail', lane: 'b' },
        { do: 'succeed', lane: 'a' },
        { do: 'gate, then fail', lane: 'c' },
      ] as const;
      const running = run(tasks, { source });
      await recorder.untilStarts(3);
      for (const [ended, number] of [1, 3].entries()) {
        recorder.open(number);
        await recorder.untilEnds(ended + 1);
      }
      recorder.open(0);
      expect(statuses(await running)).toEqual(['succeeded', 'failed', 'unfinished', 'failed']);
      expect(recorder.starts).toBe(3);
    });

    it('start nothing between two failures once the lower one has failed', async () => {
      const { run, recorder } = await setUp({ workers: 2 });
      const lanes = ['a', 'b', 'a', 'b', 'b'];
      const tasks = lanes.map((lane, number) => ({ do: actionOf(number, { failing: 3 }), lane }));
      const first = { do: 'gate, then fail', lane: 'a' } as const;
      const running = run([first, ...tasks.slice(1)], { source });
      await recorder.untilStarts(2);
      recorder.open(1);
      await recorder.untilStarts(3);
      recorder.open(3);
      await recorder.untilEnds(2);
      recorder.open(0);
      const outcomes = await running;
      expect(statuses(outcomes)).toEqual(['failed', 'succeeded', 'unfinished', 'failed', 'unfinished']);
      expect(recorder.starts).toBe(3);
      expect(checkpointOf(source, tasks, outcomes)).toBe('message-0');
    });

    it('report the first message that did not succeed as the checkpoint at the deadline', async () => {
      const { run, recorder } = await setUp({ workers: 3 });
      const deadline = manualDeadline();
      const tasks = ['succeed', 'gate', 'gate', 'gate', 'succeed'] as const;
      const running = run(tasks, { source, deadline });
      await recorder.untilStarts(4);
      deadline.reach();
      await recorder.untilAborts(3);
      recorder.open(1, 3);
      await recorder.untilEnds(3);
      deadline.giveUp();
      const outcomes = await running;
      expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'unfinished', 'succeeded', 'unfinished']);
      expect(recorder.starts).toBe(4);
      expect(checkpointOf(source, tasks, outcomes)).toBe('message-2');
    });
  });
}

function actionOf(number: number, { failing }: { readonly failing: number }): 'gate' | 'gate, then fail' {
  return number === failing ? 'gate, then fail' : 'gate';
}

/** Returns the only identifier in the response. */
function checkpointOf(
  source: SourceUnderTest,
  tasks: readonly TaskSpec[],
  outcomes: readonly Outcome[],
): unknown {
  const { batchItemFailures } = respond(batchOf(tasks, 0, source), outcomes);
  expect(batchItemFailures).toHaveLength(1);
  return batchItemFailures[0]?.itemIdentifier;
}
