import type {
  AdaptiveWorkers,
  Message,
  Outcome,
  Technique,
  WorkContext,
  WorkResult,
} from '@parallel-lambda/batch';
import {
  abandoned,
  checkOptions,
  checkWork,
  claimWithin,
  isolation,
  laneCursor,
  notStarted,
  workerLimit,
  type Batch,
  type Invocation,
  type WorkerLimit,
} from '@parallel-lambda/batch/technique';
import * as Context from 'effect/Context';
import type * as Effect from 'effect/Effect';
import type * as Layer from 'effect/Layer';
import * as References from 'effect/References';
import type * as Scope from 'effect/Scope';

import { EnvironmentServices } from './environment-services.ts';
import { MessageFiber, type MessageEnvironment } from './message-fiber.ts';

/**
 * Processes one message: returns an Effect, or is a plain promise function. The Effect may require a `Scope`, which is
 * closed when the message ends, and the services that `layer` provides. Its success value is ignored, but must be data: a
 * promise or an Effect in it would not be awaited or run. End with `Effect.asVoid` if its type is `unknown`.
 *
 * @typeParam Services the services that the Effect requires
 */
export type FiberWork<SourceRecord = unknown, Services = never> = (
  message: Message<SourceRecord>,
  context: WorkContext,
) => FiberWorkResult<Services> | PromiseLike<FiberWorkResult<Services>>;

type FiberWorkResult<Services> = WorkResult | Effect.Effect<WorkResult, unknown, Services | Scope.Scope>;

/** Options for `fiberWorkers`. */
export type FiberWorkersOptions<SourceRecord = unknown, Services = never> = {
  /** Processes one message. It must wait, not compute, because all fibers share one thread. */
  readonly work: FiberWork<SourceRecord, Services>;
  /**
   * The maximum number of messages in flight, 1 to 10,000, over all batches that the process handles at a time: a place that
   * becomes free goes to the batch that has the fewest. The environment variable `WORKERS` overrides it. A waiting fiber costs almost nothing, so choose what the service behind `work` can handle, or let
   * `adaptive()` find it.
   * @default 100
   */
  readonly workers?: number | AdaptiveWorkers;
} & LayerOption<Exclude<Services, Scope.Scope>>;

type LayerOption<Services> = [Services] extends [never]
  ? {
      /** Provides the default services of the work, such as a tracer or a logger. */
      readonly layer?: Layer.Layer<never, unknown> | undefined;
    }
  : {
      /**
       * Provides the services that the work requires. It is built once per execution environment: by `ready()`, or before the
       * first message. Its resources are released when Lambda shuts the environment down with SIGTERM, or by disposing.
       */
      readonly layer: Layer.Layer<Services, unknown>;
    };

/** The technique, and control over its layer. */
export interface FiberTechnique extends Technique, AsyncDisposable {
  /**
   * Builds the layer. Await it where the handler is created: if the layer cannot be built, the function fails in INIT with
   * one clear error.
   *
   * @throws {LayerError} if the layer fails; its `cause` is the error of the layer
   */
  ready(): Promise<void>;
}

/**
 * Processes a batch with Effect fibers. Each worker claims lanes from a shared cursor and runs one message after another,
 * each in its own fiber and scope: fibers that a message forks with `forkChild` or `forkScoped` end with it.
 *
 * After the deadline no message is started. When the grace is over, the fibers are interrupted and their finalizers are
 * awaited while there is time; promises are abandoned.
 *
 * @example
 * const workers = fiberWorkers({ work, layer: Database.layer });
 * await workers.ready();
 * export const handler = batchHandler(workers);
 *
 * @throws {InvalidOptionError} if `work` is not a function, an option is unknown, or `workers` or `WORKERS` is not a whole
 * number from 1 to 10,000
 */
export function fiberWorkers<SourceRecord = unknown, Services = never>(
  options: FiberWorkersOptions<SourceRecord, Services>,
): FiberTechnique {
  checkOptions('fiberWorkers', options, ['work', 'workers', 'layer']);
  checkWork('fiberWorkers', options.work);
  const work = options.work as MessageEnvironment['work'];
  const limit = workerLimit(options.workers);
  const services = options.layer && new EnvironmentServices(options.layer);

  async function processBatch(batch: Batch, invocation: Invocation): Promise<readonly Outcome[]> {
    const { deadline, logger } = invocation;
    const provided = services ? await services.get(deadline.reached, logger) : Context.empty();
    if (!provided) return batch.messages.map((): Outcome => notStarted);
    return runBatch(batch, invocation, { work, limit, services: provided });
  }

  return Object.assign(processBatch, {
    ready: async () => {
      await services?.get(new Promise(() => undefined));
    },
    [Symbol.asyncDispose]: async () => {
      await services?.[Symbol.asyncDispose]();
    },
  });
}

/** Runs the messages of one batch. */
async function runBatch(
  batch: Batch,
  { deadline, context }: Invocation,
  { limit, ...rest }: Pick<MessageEnvironment, 'work' | 'services'> & { readonly limit: WorkerLimit },
): Promise<readonly Outcome[]> {
  const { messages, lanes, source } = batch;
  const logAnnotations = {
    ...Context.get(rest.services, References.CurrentLogAnnotations),
    requestId: context.awsRequestId,
  };
  const environment = {
    ...rest,
    context,
    isolation: isolation(),
    sourceName: source.name,
    logAnnotations,
  };
  const outcomes = messages.map((): Outcome => notStarted);
  const cursor = laneCursor(batch, deadline);
  const share = limit.share(deadline);
  const running = new Set<MessageFiber>();

  async function worker(): Promise<void> {
    for (const position of claimWithin(cursor, share)) {
      if (typeof position !== 'number') {
        await position;
        continue;
      }
      const message = messages[position];
      if (!message) continue;
      // If the response has to be made before the message has ended.
      outcomes[position] = abandoned;
      const fiber = new MessageFiber(message, environment);
      running.add(fiber);
      const outcome = await fiber.start();
      running.delete(fiber);
      outcomes[position] = outcome;
      const { error } = outcome as { readonly error?: unknown };
      if (outcome.status !== 'succeeded') cursor.fail(position, error);
    }
  }

  const allEnded = Promise.all(Array.from({ length: Math.min(limit.max, lanes.length) }, worker));
  void deadline.graceOver.then(() => {
    for (const fiber of running) fiber.stop();
  });
  await Promise.race([allEnded, deadline.mustRespond]);
  share.end();
  // A copy: abandoned work may settle after the response.
  return outcomes.map((outcome) => (outcome === notStarted ? share.notStarted : outcome));
}
