import { setImmediate as turn } from 'node:timers/promises';

import { batchHandler, type BatchEnd } from '@parallel-lambda/batch';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { arranged } from '../arranged.ts';
import { deepFreeze } from '../deep-freeze.ts';
import { deliveredAgain, type ModelMessage } from '../delivered-again.ts';
import { expectOrder } from '../expect-order.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { muteErrors } from '../mute-errors.ts';
import { reportedProperty } from '../reported-property.ts';
import { sentMessages } from '../sent-messages.ts';
import { setUpShared } from '../set-up-shared.ts';
import { sourcesUnderTest, type SourceUnderTest } from '../sources-under-test.ts';
import type { Witness } from '../witness.ts';

const succeeding = ['succeed', 'succeed later', 'gate'] as const;
const failing = ['fail', 'throw undefined', 'throw a string', 'gate, then fail'] as const;
const order = fc.record({
  do: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...succeeding) },
    { weight: 1, arbitrary: fc.constantFrom(...failing) },
  ),
  lane: fc.nat(9).map((lane) => `lane ${lane}`),
  /** When its gate is opened, among the others. */
  opened: fc.nat(100),
});
type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

/** The contract as one sentence, tried on any batch of any source: the response is what the model says. */
export function anyBatch(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  it('is answered as AWS says, and each message that may be done is done once, in order', async () => {
    muteErrors();
    await reportedProperty(
      fc.asyncProperty(
        fc.constantFrom(...sourcesUnderTest),
        fc.array(order, { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        async (source, unarranged, workers) => {
          const orders = arranged(source, unarranged);
          const { technique, witness } = await setUp({ workers });
          const ends: BatchEnd[] = [];
          const options = { ...source.options, onBatchEnd: (end: BatchEnd) => ends.push(end) };
          const messages = sentMessages(orders);
          const running = batchHandler(technique, options)(deepFreeze(source.eventOf(messages)));
          await openInTurn(witness, orders);
          const identifiers = source.identifiersOf(messages);
          const expected = deliveredAgain(source, orders.map(modelOf));
          expect(await running).toEqual({
            batchItemFailures: expected.map((number) => ({ itemIdentifier: identifiers[number] })),
          });
          expectStartsOf(source, orders, witness);
          expectOutcomesOf(orders, witness, ends);
          if (source.ordered) expectOrder(orders, witness);
          expect(witness.mostInWork).toBeLessThanOrEqual(workers);
          expect(witness.inWork).toBe(0);
        },
      ),
      300,
    );
  });
}

function modelOf({ do: deed, lane }: Order): ModelMessage {
  return { succeeds: succeeding.some((succeeds) => succeeds === deed), group: lane };
}

async function openInTurn(witness: Witness, orders: readonly Order[]): Promise<void> {
  const byTurn = [...orders.entries()].sort(([, one], [, other]) => one.opened - other.opened);
  for (const [number] of byTurn) {
    witness.open(number);
    await turn();
  }
}

/** Each message that may be done is started once; after a stream's checkpoint some may be in work by then. */
function expectStartsOf(source: SourceUnderTest, orders: readonly Order[], witness: Witness): void {
  const models = orders.map(modelOf);
  const checkpoint = source.checkpoint ? deliveredAgain(source, models)[0] : undefined;
  orders.forEach((_, number) => {
    const starts = expect(witness.startsOf(number), `starts of ${number}`);
    if (number > (checkpoint ?? Infinity)) starts.toBeLessThanOrEqual(1);
    else starts.toBe(isBehindAFailure(source, models, number) ? 0 : 1);
  });
}

function isBehindAFailure(
  { ordered }: SourceUnderTest,
  models: readonly ModelMessage[],
  number: number,
): boolean {
  const { group } = models[number] ?? {};
  return ordered && models.slice(0, number).some((model) => model.group === group && !model.succeeds);
}

/** What was started has succeeded or failed, as it was told to; what was not is unfinished. */
function expectOutcomesOf(orders: readonly Order[], witness: Witness, ends: readonly BatchEnd[]): void {
  const expected = orders.map((each, number) => {
    if (witness.startsOf(number) === 0) return 'unfinished';
    return modelOf(each).succeeds ? 'succeeded' : 'failed';
  });
  expect(ends.map(({ outcomes }) => outcomes.map(({ status }) => status))).toEqual([expected]);
}
