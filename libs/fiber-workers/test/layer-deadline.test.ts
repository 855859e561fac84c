import { batchHandler, type BatchResponse } from '@parallel-lambda/batch';
import { turns } from '@parallel-lambda/conformance';
import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { fiberWorkers, LayerError, type FiberTechnique } from '../src/index.ts';

class Database extends Context.Service<Database, { readonly name: string }>()('test/Database') {}

const work = () => Effect.asVoid(Database);

const BUILD_MS = 3_000;

/** A layer that takes three seconds. */
function slowLayer(events: string[], interruptible = true): Layer.Layer<Database> {
  const acquire = Effect.gen(function* () {
    events.push('start');
    yield* Effect.onInterrupt(Effect.sleep(BUILD_MS), () => Effect.sync(() => events.push('interrupted')));
    events.push('built');
    return Database.of({ name: 'database' });
  });
  const release = () => Effect.sync(() => events.push('released'));
  return Layer.effect(Database, Effect.acquireRelease(acquire, release, { interruptible }));
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Lets the clock run, and the code that waited for it. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await turns();
}

/** Starts an invocation with this time until Lambda's timeout: its deadline is a fifth of it earlier. */
function invoke(technique: FiberTechnique, remainingMs: number): Promise<BatchResponse> {
  const logger = { error: () => undefined, warn: () => undefined };
  const event = {
    Records: [
      {
        messageId: 'a',
        body: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:orders',
      },
    ],
  };
  return batchHandler(technique, { logger })(event, { getRemainingTimeInMillis: () => remainingMs });
}

const processed = { batchItemFailures: [] };
const redelivered = { batchItemFailures: [{ itemIdentifier: 'a' }] };

it('is built although one of the batches that wait for it reaches its deadline', async () => {
  const events: string[] = [];
  await using technique = fiberWorkers({ work, layer: slowLayer(events) });
  const short = invoke(technique, 1_000);
  const long = invoke(technique, 60_000);
  await pass(1_000);
  expect(await short).toEqual(redelivered);
  expect(events).toEqual(['start']);
  await pass(BUILD_MS);
  expect(await long).toEqual(processed);
  expect(events).toEqual(['start', 'built']);
});

it('is interrupted when no batch waits for it, and the next batch builds it again', async () => {
  const events: string[] = [];
  await using technique = fiberWorkers({ work, layer: slowLayer(events) });
  const first = invoke(technique, 1_000);
  const second = invoke(technique, 2_000);
  await pass(1_000);
  expect(await first).toEqual(redelivered);
  expect(events).toEqual(['start']);
  await pass(1_000);
  expect(await second).toEqual(redelivered);
  expect(events).toEqual(['start', 'interrupted']);
  const third = invoke(technique, 60_000);
  await pass(BUILD_MS);
  expect(await third).toEqual(processed);
  expect(events).toEqual(['start', 'interrupted', 'start', 'built']);
});

it('is built for ready() although a batch that waits for it reaches its deadline', async () => {
  const events: string[] = [];
  await using technique = fiberWorkers({ work, layer: slowLayer(events) });
  const ready = technique.ready();
  const batch = invoke(technique, 1_000);
  await pass(1_000);
  expect(await batch).toEqual(redelivered);
  await pass(BUILD_MS);
  await ready;
  expect(events).toEqual(['start', 'built']);
});

it('is interrupted at shutdown although batches wait for it', async () => {
  const events: string[] = [];
  const technique = fiberWorkers({ work, layer: slowLayer(events) });
  const batch = expect(invoke(technique, 60_000)).rejects.toThrow(LayerError);
  await pass(1_000);
  await technique[Symbol.asyncDispose]();
  await batch;
  expect(events).toEqual(['start', 'interrupted']);
});

it('is released if its build could not be interrupted, and is built again', async () => {
  const events: string[] = [];
  await using technique = fiberWorkers({ work, layer: slowLayer(events, false) });
  const first = invoke(technique, 1_000);
  await pass(1_000);
  expect(await first).toEqual(redelivered);
  const second = invoke(technique, 60_000);
  await pass(BUILD_MS);
  expect(await second).toEqual(processed);
  expect(events).toEqual(['start', 'start', 'built', 'released', 'built']);
});
