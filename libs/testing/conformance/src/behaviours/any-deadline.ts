import { batchHandler, type BatchEnd, type LambdaContext } from '@parallel-lambda/batch';
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';

import type { Particulars } from '../conformance.ts';
import { arranged } from '../arranged.ts';
import { deepFreeze } from '../deep-freeze.ts';
import { deliveredAgain } from '../delivered-again.ts';
import { expectOrder } from '../expect-order.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { muteErrors } from '../mute-errors.ts';
import { PlainWorkers, waitingDeeds } from '../plain-workers.ts';
import { reportedProperty } from '../reported-property.ts';
import { sentMessages } from '../sent-messages.ts';
import { setUpShared } from '../set-up-shared.ts';
import { sourcesUnderTest } from '../sources-under-test.ts';
import { turns } from '../turns.ts';
import type { Witness } from '../witness.ts';

const [marginMs, graceMs] = [500, 250];
const lambda: LambdaContext = { getRemainingTimeInMillis: () => 60_000 };

const never = Infinity;
const order = fc.record({
  do: fc.oneof(
    { weight: 6, arbitrary: fc.constant('gate' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...waitingDeeds) },
  ),
  lane: fc.nat(9).map((lane) => `lane ${lane}`),
  /** When its gate is opened, among the others and the deadline. */
  opened: fc.oneof({ weight: 12, arbitrary: fc.nat(100) }, { weight: 1, arbitrary: fc.constant(never) }),
});
type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

/**
 * The contract at the deadline as one sentence, tried on any batch of any source whose messages fail, hang and heed the
 * signal as they like: all techniques give the response that the model gives.
 */
export function anyDeadline(makeTechnique: MakeTechnique, { threads }: Particulars = {}): void {
  const setUp = setUpShared(makeTechnique);

  it('is answered with exactly what is not done, and nothing is started after it', async () => {
    muteErrors();
    await reportedProperty(
      fc.asyncProperty(
        fc.constantFrom(...sourcesUnderTest),
        fc.array(order, { maxLength: 30 }),
        fc.constantFrom(1, 2, 3, 5),
        fc.nat(110),
        fc.nat(20),
        async (source, unarranged, workers, deadlineAt, grace) => {
          const orders = arranged(source, unarranged);
          const { technique, witness } = await setUp({ workers });
          using clock = virtualClock();
          const ends: BatchEnd[] = [];
          const options = {
            ...source.options,
            marginMs,
            graceMs,
            onBatchEnd: (end: BatchEnd) => ends.push(end),
          };
          const messages = sentMessages(orders);
          const running = batchHandler(technique, options)(deepFreeze(source.eventOf(messages)), lambda);
          const model = new PlainWorkers(
            source,
            orders.map(({ do: deed, lane: group }) => ({ do: deed, group })),
            workers,
          );

          const openBetween = async (from: number, to: number): Promise<void> => {
            for (const number of turnsOf(orders, from, to)) {
              witness.open(number);
              model.open(number);
              await agree(witness, model);
            }
          };
          await agree(witness, model);
          await openBetween(0, deadlineAt);
          await clock.goOn(60_000 - marginMs);
          model.windUp();
          await agree(witness, model);
          await openBetween(deadlineAt, deadlineAt + grace);
          await clock.goOn(graceMs);
          const response = await running;

          const succeeds = (number: number): boolean => model.succeeded.has(number);
          const identifiers = source.identifiersOf(messages);
          const again = deliveredAgain(
            source,
            orders.map(({ lane }, number) => ({ succeeds: succeeds(number), group: lane })),
          );
          expect(response).toEqual({
            batchItemFailures: again.map((number) => ({ itemIdentifier: identifiers[number] })),
          });
          // What was given up ends now, too late to change anything.
          witness.openAll();
          await turns();
          const statuses = orders.map((_, number) =>
            succeeds(number) ? 'succeeded' : model.failed.has(number) ? 'failed' : 'unfinished',
          );
          expect(ends.map(({ outcomes }) => outcomes.map(({ status }) => status))).toEqual([statuses]);
          const starts = orders.map((_, number) => witness.startsOf(number));
          expect(starts).toEqual(orders.map((_, number) => (model.started.has(number) ? 1 : 0)));
          expect(witness.mostInWork).toBeLessThanOrEqual(workers);
          if (source.ordered) expectOrder(orders, witness);
        },
      ),
      threads ? 100 : 300,
    );
  });
}

/** The messages whose gates are opened in a span of time, in their turn. */
function turnsOf(orders: readonly Order[], from: number, to: number): readonly number[] {
  return [...orders.entries()]
    .filter(([, { opened }]) => opened >= from && opened < to)
    .sort(([, one], [, other]) => one.opened - other.opened)
    .map(([number]) => number);
}

/** Timers that go on when the test says so. */
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
const patienceMs = 5_000;

/** Waits until as much has been started and has ended as in the model, however long threads take for it. */
async function agree(witness: Witness, { started, ended }: PlainWorkers): Promise<void> {
  const { promise: tooLong, reject } = Promise.withResolvers<never>();
  const timer = realTimer.setTimeout(() => {
    reject(new Error(`${started.size} were to be started and ${ended} to end; started: ${witness.starts}`));
  }, patienceMs);
  try {
    await Promise.race([Promise.all([witness.untilStarts(started.size), witness.untilEnds(ended)]), tooLong]);
  } finally {
    realTimer.clearTimeout(timer);
  }
}
