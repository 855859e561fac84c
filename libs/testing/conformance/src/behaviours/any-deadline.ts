import { type BatchEnd, batchHandler, type LambdaContext } from '@parallel-lambda/batch';
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';

import { expectedRedeliveries } from '../models/redelivery-model.ts';
import { waitingActions, WorkerModel } from '../models/worker-model.ts';
import { expectLaneOrder } from '../recorder/expect-lane-order.ts';
import type { Recorder } from '../recorder/recorder.ts';
import type { ConformanceOptions, MakeTechnique } from '../setup/fixture.ts';
import { deepFreeze, muteErrors, turns } from '../setup/helpers.ts';
import { propertyTimeoutMs, seededProperty } from '../setup/seeded-property.ts';
import { setUpShared } from '../setup/set-up.ts';
import { sentMessages } from '../sources/batch-of.ts';
import { inDeliveryOrder, sourcesUnderTest } from '../sources/sources-under-test.ts';

/**
 * Stopping a message costs a thread, and Node.js 22 keeps no compiled TypeScript: there the next thread takes six times as long
 * to load.
 */
const casesWithThreads = process.versions.node.startsWith('22.') ? 40 : 100;

const [marginMs, graceMs] = [500, 250];
const lambda: LambdaContext = { getRemainingTimeInMillis: () => 60_000 };

const never = Infinity;
const order = fc.record({
  do: fc.oneof(
    { weight: 6, arbitrary: fc.constant('gate' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...waitingActions) },
  ),
  lane: fc.nat(9).map((lane) => `lane ${lane}`),
  /** The position at which its gate is opened, among the others and the deadline. */
  opened: fc.oneof({ weight: 12, arbitrary: fc.nat(100) }, { weight: 1, arbitrary: fc.constant(never) }),
});
type TaskSpec = typeof order extends fc.Arbitrary<infer T> ? T : never;

/**
 * The contract at the deadline as a property, for random batches of every source whose messages fail, hang or react to
 * the signal: every technique gives the response that the model gives.
 */
export function anyDeadline(makeTechnique: MakeTechnique, { threads }: ConformanceOptions = {}): void {
  const setUp = setUpShared(makeTechnique);

  it(
    'gets a response with exactly the messages that did not succeed, and nothing is started after it',
    async () => {
      muteErrors();
      await seededProperty(
        fc.asyncProperty(
          fc.constantFrom(...sourcesUnderTest),
          fc.array(order, { maxLength: 30 }),
          fc.constantFrom(1, 2, 3, 5),
          fc.nat(110),
          fc.nat(20),
          async (source, drawn, workers, deadlineAt, grace) => {
            const tasks = inDeliveryOrder(source, drawn);
            const { technique, recorder } = await setUp({ workers });
            using clock = virtualClock();
            const ends: BatchEnd[] = [];
            const options = {
              ...source.options,
              marginMs,
              graceMs,
              onBatchEnd: (end: BatchEnd) => ends.push(end),
            };
            const messages = sentMessages(tasks);
            const running = batchHandler(technique, options)(deepFreeze(source.eventOf(messages)), lambda);
            const model = new WorkerModel(
              source,
              tasks.map(({ do: action, lane: group }) => ({ do: action, group })),
              workers,
            );

            const openBetween = async (from: number, to: number): Promise<void> => {
              for (const number of turnsOf(tasks, from, to)) {
                recorder.open(number);
                model.open(number);
                await agree(recorder, model);
              }
            };
            await agree(recorder, model);
            await openBetween(0, deadlineAt);
            await clock.goOn(60_000 - marginMs);
            model.reachDeadline();
            await agree(recorder, model);
            await openBetween(deadlineAt, deadlineAt + grace);
            await clock.goOn(graceMs);
            const response = await running;

            const succeeds = (number: number): boolean => model.succeeded.has(number);
            const identifiers = source.identifiersOf(messages);
            const again = expectedRedeliveries(
              source,
              tasks.map(({ lane }, number) => ({ succeeds: succeeds(number), group: lane })),
            );
            expect(response).toEqual({
              batchItemFailures: again.map((number) => ({ itemIdentifier: identifiers[number] })),
            });
            // Abandoned work ends now, too late to change anything.
            recorder.openAll();
            await turns();
            const statuses = tasks.map((_, number) =>
              succeeds(number) ? 'succeeded' : model.failed.has(number) ? 'failed' : 'unfinished',
            );
            expect(ends.map(({ outcomes }) => outcomes.map(({ status }) => status))).toEqual([statuses]);
            const starts = tasks.map((_, number) => recorder.startsOf(number));
            expect(starts).toEqual(tasks.map((_, number) => (model.started.has(number) ? 1 : 0)));
            expect(recorder.maxInFlight).toBeLessThanOrEqual(workers);
            if (source.ordered) expectLaneOrder(tasks, recorder);
          },
        ),
        threads ? casesWithThreads : 300,
      );
    },
    propertyTimeoutMs,
  );
}

/** Returns the messages whose gates are opened between two positions, in order. */
function turnsOf(tasks: readonly TaskSpec[], from: number, to: number): readonly number[] {
  return [...tasks.entries()]
    .filter(([, { opened }]) => opened >= from && opened < to)
    .sort(([, one], [, other]) => one.opened - other.opened)
    .map(([number]) => number);
}

/** Replaces the timers by fake ones that the test advances. */
function virtualClock(): Disposable & { goOn(ms: number): Promise<unknown> } {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return {
    goOn: (ms) => vi.advanceTimersByTimeAsync(ms),
    [Symbol.dispose]: () => {
      vi.useRealTimers();
    },
  };
}

const realTimer = { setTimeout, clearTimeout };
const maxWaitMs = 5_000;

/** Waits until as many messages have started and ended as in the model. */
async function agree(recorder: Recorder, { started, ended }: WorkerModel): Promise<void> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>();
  const timer = realTimer.setTimeout(() => {
    reject(new Error(`Expected ${started.size} starts and ${ended} ends; starts: ${recorder.starts}`));
  }, maxWaitMs);
  try {
    await Promise.race([
      Promise.all([recorder.untilStarts(started.size), recorder.untilEnds(ended)]),
      tooLong,
    ]);
  } finally {
    realTimer.clearTimeout(timer);
  }
}
