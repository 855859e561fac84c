import { checked } from '@parallel-lambda/batch';
import type { SQSRecord } from 'aws-lambda';
import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import * as Schema from 'effect/Schema';
import { expect, it } from 'vitest';

import { fiberWorkers, type FiberWork } from '../src/index.ts';

class Database extends Context.Service<Database, { readonly save: (text: string) => Effect.Effect<void> }>()(
  'test/Database',
) {}
class Mail extends Context.Service<Mail, { readonly send: (text: string) => Effect.Effect<void> }>()(
  'test/Mail',
) {}

const database = Layer.succeed(Database, { save: () => Effect.void });
const mail = Layer.succeed(Mail, { send: () => Effect.void });
const save = ({ text }: { readonly text: string }) => Database.use((service) => service.save(text));
const saveAndSend = (message: { readonly text: string }) =>
  Effect.andThen(
    save(message),
    Mail.use((service) => service.send(message.text)),
  );

/** Compiled, not run: an unused `@ts-expect-error` is an error of the type check. */
function requirementsOfTheWork(): void {
  fiberWorkers({ work: save, layer: database });
  fiberWorkers({ work: saveAndSend, layer: Layer.merge(database, mail), workers: 2 });
  // A layer may provide more than the work requires.
  fiberWorkers({ work: save, layer: Layer.merge(database, mail) });
  fiberWorkers({ work: () => Effect.void, layer: mail });

  // @ts-expect-error -- the work requires a service, and there is no layer
  fiberWorkers({ work: save });
  // @ts-expect-error -- the layer provides another service
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the same mistake
  fiberWorkers({ work: save, layer: mail });
  // @ts-expect-error -- the layer provides one of two services
  fiberWorkers({ work: saveAndSend, layer: database });
  fiberWorkers({
    work: save,
    // @ts-expect-error -- the layer itself requires a service
    layer: Layer.effect(Database, Effect.as(Mail, Database.of({ save: () => Effect.void }))),
  });
  // @ts-expect-error -- an async function that returns an Effect has the same requirements
  fiberWorkers({ work: async (message) => await Promise.resolve(save(message)) });
}

function kindsOfWork(): void {
  fiberWorkers({ work: () => Effect.void });
  fiberWorkers({ work: () => Effect.fail('typed') });
  fiberWorkers({ work: () => Effect.acquireRelease(Effect.void, () => Effect.void) });
  fiberWorkers({ work: () => undefined });
  fiberWorkers({
    work: async ({ text }) => {
      await Promise.resolve(text);
    },
  });
  fiberWorkers({ work: async ({ text }) => await Promise.resolve(Effect.log(text)) });
  fiberWorkers({ work: ({ id }) => (id === 'a' ? Effect.void : undefined) });

  fiberWorkers({
    // @ts-expect-error -- a generator is not run
    work: function* () {
      yield 1;
    },
  });
  fiberWorkers({
    // @ts-expect-error -- the promise that the Effect gives is not awaited
    work: () => Effect.sync(() => Promise.resolve()),
  });
  fiberWorkers({
    // @ts-expect-error -- the Effect that the Effect gives is not run
    work: () => Effect.succeed(Effect.void),
  });
  fiberWorkers({ work: () => Effect.succeed({ items: [], next: undefined }) });
  fiberWorkers({ work: () => Effect.tryPromise(() => fetch('https://example.com')) });
  fiberWorkers({ work: () => Effect.option(Effect.fail('typed')) });
  // @ts-expect-error -- a Result may be a failure
  fiberWorkers({ work: () => Effect.result(Effect.fail('typed')) });
  // @ts-expect-error -- a function is not called
  fiberWorkers({ work: () => () => undefined });
}

function typeOfARecord(): void {
  const work: FiberWork<SQSRecord> = ({ record }) => Effect.log(record.messageId);
  fiberWorkers({ work });
  const withServices: FiberWork<SQSRecord, Database> = ({ record }) =>
    Database.use(({ save }) => save(record.body));
  fiberWorkers({ work: withServices, layer: database });
  // @ts-expect-error -- the work requires a service
  fiberWorkers({ work: withServices });
}

function workBehindASchema(): void {
  const order = Schema.toStandardSchemaV1(Schema.Struct({ text: Schema.String }));
  fiberWorkers({ work: checked(order, save), layer: database });
  // @ts-expect-error -- the work requires a service
  fiberWorkers({ work: checked(order, save) });
}

it('compiles', () => {
  for (const compiled of [requirementsOfTheWork, kindsOfWork, typeOfARecord, workBehindASchema]) {
    expect(compiled).toBeTypeOf('function');
  }
});
