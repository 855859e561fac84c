import { setImmediate as turn } from 'node:timers/promises';

import { type BatchEnd, batchHandler } from '@parallel-lambda/batch';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { expectedRedeliveries, type ModelMessage } from '../models/redelivery-model.ts';
import { expectLaneOrder } from '../recorder/expect-lane-order.ts';
import type { Recorder } from '../recorder/recorder.ts';
import type { MakeTechnique } from '../setup/fixture.ts';
import { deepFreeze, muteErrors } from '../setup/helpers.ts';
import { propertyTimeoutMs, seededProperty } from '../setup/seeded-property.ts';
import { setUpShared } from '../setup/set-up.ts';
import { sentMessages } from '../sources/batch-of.ts';
import { inDeliveryOrder, sourcesUnderTest, type SourceUnderTest } from '../sources/sources-under-test.ts';

const succeeding = ['succeed', 'succeed later', 'gate'] as const;
const failing = ['fail', 'throw undefined', 'throw a string', 'gate, then fail'] as const;
const order = fc.record({
  do: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...succeeding) },
    { weight: 1, arbitrary: fc.constantFrom(...failing) },
  ),
  lane: fc.nat(9).map((lane) => `lane ${lane}`),
  /** The position at which its gate is opened, among the others. */
  opened: fc.nat(100),
});
type TaskSpec = typeof order extends fc.Arbitrary<infer T> ? T : never;

/** The whole contract as a property, for random batches of every source: the response equals that of the model. */
export function anyBatch(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  it(
    'gets the response that the model expects, and each message that may start starts once, in order',
    async () => {
      muteErrors();
      await seededProperty(
        fc.asyncProperty(
          fc.constantFrom(...sourcesUnderTest),
          fc.array(order, { maxLength: 40 }),
          fc.integer({ min: 1, max: 8 }),
          async (source, drawn, workers) => {
            const tasks = inDeliveryOrder(source, drawn);
            const { technique, recorder } = await setUp({ workers });
            const ends: BatchEnd[] = [];
            const options = { ...source.options, onBatchEnd: (end: BatchEnd) => ends.push(end) };
            const messages = sentMessages(tasks);
            const running = batchHandler(technique, options)(deepFreeze(source.eventOf(messages)));
            await openInTurn(recorder, tasks);
            const identifiers = source.identifiersOf(messages);
            const expected = expectedRedeliveries(source, tasks.map(modelOf));
            expect(await running).toEqual({
              batchItemFailures: expected.map((number) => ({ itemIdentifier: identifiers[number] })),
            });
            expectStartsOf(source, tasks, recorder);
            expectOutcomesOf(tasks, recorder, ends);
            if (source.ordered) expectLaneOrder(tasks, recorder);
            expect(recorder.maxInFlight).toBeLessThanOrEqual(workers);
            expect(recorder.inFlight).toBe(0);
          },
        ),
        300,
      );
    },
    propertyTimeoutMs,
  );
}

function modelOf({ do: action, lane }: TaskSpec): ModelMessage {
  return { succeeds: succeeding.some((succeeds) => succeeds === action), group: lane };
}

async function openInTurn(recorder: Recorder, tasks: readonly TaskSpec[]): Promise<void> {
  const byTurn = [...tasks.entries()].sort(([, one], [, other]) => one.opened - other.opened);
  for (const [number] of byTurn) {
    recorder.open(number);
    await turn();
  }
}

/** Each message that may start starts once; those behind a stream's checkpoint may have started before the failure. */
function expectStartsOf(source: SourceUnderTest, tasks: readonly TaskSpec[], recorder: Recorder): void {
  const models = tasks.map(modelOf);
  const checkpoint = source.checkpoint ? expectedRedeliveries(source, models)[0] : undefined;
  tasks.forEach((_, number) => {
    const starts = expect(recorder.startsOf(number), `starts of ${number}`);
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

/** Each started message has succeeded or failed as its task determines; the others are unfinished. */
function expectOutcomesOf(tasks: readonly TaskSpec[], recorder: Recorder, ends: readonly BatchEnd[]): void {
  const expected = tasks.map((each, number) => {
    if (recorder.startsOf(number) === 0) return 'unfinished';
    return modelOf(each).succeeds ? 'succeeded' : 'failed';
  });
  expect(ends.map(({ outcomes }) => outcomes.map(({ status }) => status))).toEqual([expected]);
}
