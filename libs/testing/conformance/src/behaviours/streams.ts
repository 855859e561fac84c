import { batchHandler, type Outcome } from '@parallel-lambda/batch';
import { notStarted, respond } from '@parallel-lambda/batch/technique';
import { describe, expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { muteErrors, statuses, times, turns } from '../setup/helpers.ts';
import { manualDeadline } from '../setup/manual-deadline.ts';
import { setUpShared } from '../setup/set-up.ts';
import { batchOf, sentMessages, type TaskSpec } from '../sources/batch-of.ts';
import { sourcesUnderTest, type SourceUnderTest } from '../sources/sources-under-test.ts';

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
      expectCheckpoint(source, tasks, outcomes, 1);
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
      expectCheckpoint(source, tasks, outcomes, 4);
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
      expectCheckpoint(source, tasks, outcomes, 1);
    });

    it('finish everything before a failure, even with a worker that has left a lane', async () => {
      const { run, recorder } = await setUp({ workers: 1 });
      const lanes = ['a', 'b', 'c', 'd', 'a', 'b', 'c'];
      const tasks = lanes.map((lane, number) => ({ do: number === 4 ? 'fail' : 'succeed', lane }) as const);
      const outcomes = await run(tasks, { source });
      expect(recorder.startOrder()).toEqual([0, 4, 1, 2, 3]);
      expectCheckpoint(source, tasks, outcomes, 4);
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
      expectCheckpoint(source, tasks, outcomes, 0);
    });

    it('report the lowest failed sequence number as the checkpoint, whatever the order of the event', async () => {
      muteErrors();
      const { technique, recorder } = await setUp({ workers: 5 });
      const tasks = ['gate', 'gate, then fail', 'gate', 'gate, then fail', 'gate'] as const;
      // With 8 before 10: as texts they would be in another order.
      const messages = sentMessages(tasks).map((message, number) => ({
        ...message,
        id: `${8 + 2 * number}`,
      }));
      const running = batchHandler(technique, source.options)(shuffled(source.eventOf(messages)));
      await recorder.untilStarts(5);
      recorder.openAll();
      const itemIdentifier = source.identifiersOf(messages)[1];
      expect(await running).toEqual({ batchItemFailures: [{ itemIdentifier }] });
    });

    it('start nothing with a higher sequence number than a failure, whatever the order of the event', async () => {
      muteErrors();
      const { technique, recorder } = await setUp({ workers: 1 });
      const tasks = ['succeed', 'fail', 'succeed', 'succeed', 'succeed', 'succeed'] as const;
      const messages = sentMessages(tasks).map((message, number) => ({ ...message, id: `${8 + number}` }));
      const response = await batchHandler(technique, source.options)(shuffled(source.eventOf(messages)));
      const itemIdentifier = source.identifiersOf(messages)[1];
      expect(response).toEqual({ batchItemFailures: [{ itemIdentifier }] });
      expect(recorder.startOrder()).toEqual([0, 1]);
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
      expectCheckpoint(source, tasks, outcomes, 2);
    });
  });
}

/** Returns the same event with its records in another order, as code before the handler may leave them. */
function shuffled(event: object): object {
  if (Array.isArray(event)) return (event as readonly object[]).toReversed();
  const { Records } = event as { readonly Records: readonly object[] };
  return { Records: [...Records.slice(1).toReversed(), ...Records.slice(0, 1)] };
}

function actionOf(number: number, { failing }: { readonly failing: number }): 'gate' | 'gate, then fail' {
  return number === failing ? 'gate, then fail' : 'gate';
}

/** Checks that the response names this message alone. */
function expectCheckpoint(
  source: SourceUnderTest,
  tasks: readonly TaskSpec[],
  outcomes: readonly Outcome[],
  number: number,
): void {
  const itemIdentifier = source.identifiersOf(sentMessages(tasks))[number];
  expect(respond(batchOf(tasks, 0, source), outcomes)).toEqual({ batchItemFailures: [{ itemIdentifier }] });
}
