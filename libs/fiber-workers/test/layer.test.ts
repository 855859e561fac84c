import { ParallelLambdaError } from '@parallel-lambda/batch';
import { notStarted, interrupted, succeeded } from '@parallel-lambda/batch/technique';
import { isSettled, turns } from '@parallel-lambda/conformance';
import * as Context from 'effect/Context';
import * as Data from 'effect/Data';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import { expect, it, vi } from 'vitest';

import { fiberWorkers, LayerError } from '../src/index.ts';
import { start } from './setup.ts';

class Database extends Context.Service<Database, { readonly save: (text: string) => Effect.Effect<void> }>()(
  'test/Database',
) {}

const work = ({ id }: { readonly id: string }) => Database.use(({ save }) => save(id));

/** A layer that records what happens to it. */
function recordedLayer(events: string[]): Layer.Layer<Database> {
  return Layer.effect(
    Database,
    Effect.acquireRelease(
      Effect.sync(() => {
        events.push('build');
        return Database.of({ save: (text) => Effect.sync(() => void events.push(`save ${text}`)) });
      }),
      () => Effect.sync(() => events.push('release')),
    ),
  );
}

it('provides the services of the layer to the work, built once for all batches', async () => {
  const events: string[] = [];
  const technique = fiberWorkers({ work, layer: recordedLayer(events), workers: 1 });
  expect(events).toEqual([]);
  expect(await start(technique, 2).running).toEqual([succeeded, succeeded]);
  expect(await start(technique).running).toEqual([succeeded]);
  expect(events).toEqual(['build', 'save message-0', 'save message-1', 'save message-0']);
  await technique[Symbol.asyncDispose]();
  expect(events.at(-1)).toBe('release');
});

it('builds the layer once for batches that start together', async () => {
  const events: string[] = [];
  await using technique = fiberWorkers({ work, layer: recordedLayer(events) });
  await Promise.all([start(technique).running, start(technique).running]);
  expect(events.filter((event) => event === 'build')).toHaveLength(1);
});

it('builds the layer before the first batch if the function waits for it', async () => {
  const events: string[] = [];
  await using technique = fiberWorkers({ work, layer: recordedLayer(events) });
  await technique.ready();
  expect(events).toEqual(['build']);
  await start(technique).running;
  expect(events).toEqual(['build', 'save message-0']);
});

it('is ready without a layer', async () => {
  await using technique = fiberWorkers({ work: () => undefined });
  await technique.ready();
  expect(await start(technique).running).toEqual([succeeded]);
});

class ConnectionError extends Data.TaggedError('ConnectionError')<{ readonly host: string }> {}

/** A layer that fails a few times, and then can be built. */
function failingLayer(failures: number, events: string[] = []): Layer.Layer<Database, ConnectionError> {
  let left = failures;
  const resource = Effect.acquireRelease(
    Effect.sync(() => events.push('acquire')),
    () => Effect.sync(() => events.push('release')),
  );
  const database = Effect.suspend(() =>
    left-- > 0
      ? Effect.fail(new ConnectionError({ host: 'db' }))
      : Effect.succeed(Database.of({ save: () => Effect.void })),
  );
  return Layer.effect(Database, Effect.andThen(resource, database));
}

it('fails with one clear error in INIT if the layer cannot be built, and releases what it had acquired', async () => {
  const events: string[] = [];
  await using technique = fiberWorkers({ work, layer: failingLayer(Infinity, events) });
  const error: unknown = await technique.ready().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LayerError);
  expect(error).toBeInstanceOf(ParallelLambdaError);
  expect(error).toMatchObject({
    name: 'LayerError',
    message: "Cannot build the layer of fiberWorkers: 'ConnectionError'. The next batch tries again.",
    cause: { _tag: 'ConnectionError', host: 'db' },
  });
  expect(events).toEqual(['acquire', 'release']);
});

it('rejects a batch if the layer cannot be built, and tries again with the next batch', async () => {
  const events: string[] = [];
  await using technique = fiberWorkers({ work, layer: failingLayer(1, events) });
  await expect(start(technique).running).rejects.toThrow(LayerError);
  expect(await start(technique).running).toEqual([succeeded]);
  expect(events).toEqual(['acquire', 'release', 'acquire']);
});

it('starts no message if the layer is not built before the deadline, and builds it again for the next batch', async () => {
  const interrupted = vi.fn();
  let builds = 0;
  const database = Effect.suspend(() =>
    (builds += 1) === 1
      ? Effect.onInterrupt(Effect.never, () => Effect.sync(() => void interrupted()))
      : Effect.succeed(Database.of({ save: () => Effect.void })),
  );
  await using technique = fiberWorkers({ work, layer: Layer.effect(Database, database) });
  const { running, deadline } = start(technique, 2);
  expect(await isSettled(running)).toBe(false);
  deadline.reach();
  expect(await running).toEqual([notStarted, notStarted]);
  await turns();
  expect(interrupted).toHaveBeenCalledTimes(1);
  expect(await start(technique).running).toEqual([succeeded]);
});

it('keeps a service usable by finalizers of an interrupted message', async () => {
  const events: string[] = [];
  const cleaning = () =>
    Effect.onInterrupt(Effect.never, () => Database.use(({ save }) => save('interrupted')));
  await using technique = fiberWorkers({ work: cleaning, layer: recordedLayer(events) });
  const { running, deadline } = start(technique);
  await turns();
  deadline.reach();
  deadline.giveUp();
  expect(await running).toEqual([interrupted]);
  expect(events).toEqual(['build', 'save interrupted']);
});

it('keeps a service usable by the finalizers of a scope', async () => {
  const events: string[] = [];
  const scoped = () => Effect.acquireRelease(Effect.void, () => Database.use(({ save }) => save('released')));
  await using technique = fiberWorkers({ work: scoped, layer: recordedLayer(events) });
  expect(await start(technique).running).toEqual([succeeded]);
  expect(events).toEqual(['build', 'save released']);
});

it('disposes without having been used', async () => {
  const events: string[] = [];
  await fiberWorkers({ work, layer: recordedLayer(events) })[Symbol.asyncDispose]();
  expect(events).toEqual([]);
});

it('disposes twice', async () => {
  const events: string[] = [];
  const technique = fiberWorkers({ work, layer: recordedLayer(events) });
  await technique.ready();
  await Promise.all([technique[Symbol.asyncDispose](), technique[Symbol.asyncDispose]()]);
  expect(events).toEqual(['build', 'release']);
});
