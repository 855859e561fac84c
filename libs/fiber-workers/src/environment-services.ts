import { ParallelLambdaError } from '@parallel-lambda/batch';
import { log, nameOf, type Logger } from '@parallel-lambda/batch/technique';
import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Exit from 'effect/Exit';
import * as Layer from 'effect/Layer';
import * as Scope from 'effect/Scope';

import { onShutdown } from './on-shutdown.ts';

/** A layer cannot be built, so no message can be processed. The next batch tries again. */
export class LayerError extends ParallelLambdaError {
  override readonly name = 'LayerError';
}

/** A layer whose outputs the work may require: it must require nothing itself. */
export type ServiceLayer<Services> = Layer.Layer<Services, unknown>;

interface Build<Services> {
  /** The number of calls that wait for it or have got its services. */
  users: number;
  readonly scope: Scope.Closeable;
  readonly context: Promise<Context.Context<Services>>;
  readonly aborter: AbortController;
}

/** The services of one execution environment: built from a layer when they are first needed, and kept. */
export class EnvironmentServices<Services> implements AsyncDisposable {
  /** Logger of a fault of the release: that of the latest batch that has one. */
  #logger: Logger = console;
  readonly #layer: ServiceLayer<Services>;
  #build: Build<Services> | undefined;
  #stopListening: (() => void) | undefined;

  constructor(layer: ServiceLayer<Services>) {
    this.#layer = layer;
  }

  /**
   * Returns the services. Concurrent calls share one build, which is interrupted when none of them waits for it; the next call
   * then starts another, as it does after a failed build.
   *
   * @param givenUp fulfilled when the caller stops waiting
   * @returns `undefined` if `givenUp` is fulfilled before the services are built
   * @throws {LayerError} if the layer fails; its `cause` is the layer's error
   */
  async get(
    givenUp: Promise<unknown>,
    logger = this.#logger,
  ): Promise<Context.Context<Services> | undefined> {
    this.#logger = logger;
    this.#stopListening ??= onShutdown(() => this[Symbol.asyncDispose](), this.#logFault);
    const build = (this.#build ??= this.#start());
    build.users += 1;
    const context = await Promise.race([build.context, givenUp.then(() => undefined)]);
    if (!context) build.users -= 1;
    if (build.users === 0) {
      if (this.#build === build) this.#build = undefined;
      release(build).catch(this.#logFault);
    }
    return context;
  }

  /** Releases what the layer has acquired. */
  async [Symbol.asyncDispose](): Promise<void> {
    const build = this.#build;
    this.#build = undefined;
    try {
      if (build) await release(build);
    } finally {
      this.#stopListening?.();
      this.#stopListening = undefined;
    }
  }

  readonly #logFault = (error: unknown): void => {
    log(this.#logger, 'error', `The layer of fiberWorkers was not released: ${nameOf(error)}`, error);
  };

  #start(): Build<Services> {
    const scope = Scope.makeUnsafe();
    const aborter = new AbortController();
    const building = Effect.runPromise(Layer.buildWithScope(this.#layer, scope), { signal: aborter.signal });
    const context = building.catch(async (cause: unknown) => {
      if (this.#build === build) this.#build = undefined;
      await close(scope);
      throw new LayerError(
        `Cannot build the layer of fiberWorkers: ${nameOf(cause)}. The next batch tries again.`,
        { cause },
      );
    });
    const build = { users: 0, scope, context, aborter };
    return build;
  }
}

async function release({ aborter, context, scope }: Build<never>): Promise<void> {
  aborter.abort();
  await context.catch(() => undefined);
  await close(scope);
}

function close(scope: Scope.Closeable): Promise<void> {
  return Effect.runPromise(Scope.close(scope, Exit.void));
}
