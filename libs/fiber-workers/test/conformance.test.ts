import { adaptive, checked, type StandardSchema } from '@parallel-lambda/batch';
import { readBatch, succeeded, interrupted } from '@parallel-lambda/batch/technique';
import { conformance, manualDeadline, invocationOf, sqsEvent, turns } from '@parallel-lambda/conformance';
import work from '@parallel-lambda/conformance/work';
import * as Effect from 'effect/Effect';
import * as Schema from 'effect/Schema';
import { describe, expect, it } from 'vitest';

import { fiberWorkers, type FiberWork } from '../src/index.ts';

const asEffect: FiberWork = (message, context) =>
  Effect.tryPromise({
    try: async () => await work(message, context),
    catch: (error) => error,
  });

interface Order {
  readonly id: string;
  readonly at: Date;
}

const order = Schema.Struct({ id: Schema.String, at: Schema.DateFromMillis });
const synchronous: StandardSchema<Order> = Schema.toStandardSchemaV1(order);
const asynchronous: StandardSchema<Order> = Schema.toStandardSchemaV1(
  order.pipe(Schema.middlewareDecoding((decoding) => Effect.andThen(Effect.promise(turns), decoding))),
);

conformance('fiber workers, work as a promise', ({ workers }) => fiberWorkers({ work, workers }));
conformance('fiber workers, work as an Effect', ({ workers }) => fiberWorkers({ work: asEffect, workers }));
conformance(
  'fiber workers, adaptive',
  ({ workers }) => fiberWorkers({ work: asEffect, workers: adaptive({ min: workers, max: workers }) }),
  { holdsBack: true },
);

/** Work on the output of a schema, as an Effect: it fails for the id `fail` and records the others. */
function effectWork(done: unknown[]): (order: Order) => Effect.Effect<void, Error> {
  return ({ id, at }) =>
    Effect.gen(function* () {
      yield* Effect.yieldNow;
      if (id === 'fail') return yield* Effect.fail(new Error('failed on purpose'));
      done.push([id, at.getTime()]);
    });
}

describe.each([
  ['immediately', synchronous],
  ['after a wait', asynchronous],
])('fiber workers, an Effect after a schema of Effect that processes %s', (_, schema) => {
  it('processes valid messages, and fails invalid messages and those whose Effect fails', async () => {
    const done: unknown[] = [];
    const technique = fiberWorkers({ work: checked(schema, effectWork(done)), workers: 2 });
    const texts = [
      '{"id":"a","at":7}',
      '{"id":7,"at":7}',
      '{"id":"fail","at":7}',
      '{"id":"b"',
      '{"id":"b","at":8}',
    ];
    const event = sqsEvent(texts.map((body, index) => ({ id: `message-${index}`, body })));
    const outcomes = await technique(readBatch(event), invocationOf(manualDeadline()));
    expect(done).toEqual([
      ['a', 7],
      ['b', 8],
    ]);
    expect(outcomes).toEqual([
      succeeded,
      failedWith(/^Message message-1 does not fit its schema: id$/),
      failedWith(/^failed on purpose$/),
      failedWith(/^Message message-3 must be JSON/),
      succeeded,
    ]);
  });

  it('interrupt the Effect when the grace is over', async () => {
    const ends: string[] = [];
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
    const hanging = checked(schema, ({ id }) =>
      Effect.gen(function* () {
        begin(undefined);
        yield* Effect.never;
      }).pipe(Effect.ensuring(Effect.sync(() => ends.push(id)))),
    );
    const deadline = manualDeadline();
    const technique = fiberWorkers({ work: hanging, workers: 2 });
    const event = sqsEvent([{ id: 'a', body: '{"id":"a","at":7}' }]);
    const running = technique(readBatch(event), invocationOf(deadline));
    await begun;
    deadline.reach();
    deadline.giveUp();
    expect(await running).toEqual([interrupted]);
    expect(ends).toEqual(['a']);
  });
});

function failedWith(message: RegExp): object {
  return {
    status: 'failed',
    error: expect.objectContaining({ message: expect.stringMatching(message) as string }) as Error,
  };
}
