import { ParallelLambdaError, type Message, type Outcome, type WorkContext } from '@parallel-lambda/batch';
import {
  abandoned,
  checkReturned,
  outcomeOfError,
  interrupted,
  isolation,
  messageChannel,
  succeeded,
  traced,
  type BatchMessage,
  type Isolation,
} from '@parallel-lambda/batch/technique';
import * as Cause from 'effect/Cause';
import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Exit from 'effect/Exit';
import * as References from 'effect/References';
import * as Scope from 'effect/Scope';

import { withMessageSpan } from './message-span.ts';

/** State that the messages of one batch share. */
export interface MessageEnvironment {
  readonly work: (message: Message, context: WorkContext) => unknown;
  readonly context: WorkContext;
  /** Runs each message in a separate asynchronous context. */
  readonly isolation: Isolation;
  readonly services: Context.Context<never>;
  readonly sourceName: string;
  /** The log annotations of the batch; each message adds its own. */
  readonly logAnnotations: Readonly<Record<string, unknown>>;
}

type MessageEffect = Effect.Effect<unknown, unknown, Scope.Scope>;

/**
 * Processes one message. An Effect runs in its own fiber and scope, so what it forks ends with it. A promise cannot
 * be stopped.
 */
export class MessageFiber {
  /**
   * A message that has ended. It keeps the hidden classes of fibers alive between batches. Else a major GC discards them with the code
   * that is optimized for them, and the next batch of messages that wait takes a third more of the processor.
   */
  static readonly kept = MessageFiber.#runExample();

  static #runExample(): MessageFiber {
    const example = new MessageFiber({ id: '' } as BatchMessage, {
      work: () => Effect.void,
      context: { signal: new AbortController().signal } as WorkContext,
      isolation: isolation(),
      services: Context.empty(),
      sourceName: '',
      logAnnotations: {},
    });
    void example.#startIn(example.#environment.isolation);
    return example;
  }

  readonly #ended = Promise.withResolvers<Outcome>();
  readonly #environment: MessageEnvironment;
  readonly #message: BatchMessage;
  #interrupt: (() => void) | undefined;
  #stopped = false;

  constructor(message: BatchMessage, environment: MessageEnvironment) {
    this.#message = message;
    this.#environment = environment;
  }

  /**
   * Starts the work.
   *
   * @returns the outcome; it never rejects
   */
  start(): Promise<Outcome> {
    if (!messageChannel.hasSubscribers) return this.#startIn(this.#environment.isolation);
    // Not the isolation of the batch: a subscriber may have entered a context for this message.
    return traced(this.#message, this.#environment.context, () => this.#startIn(isolation()));
  }

  /** Interrupts an Effect, whose finalizers then run; abandons a promise. */
  stop(): void {
    this.#stopped = true;
    if (this.#interrupt) this.#interrupt();
    else this.#ended.resolve(abandoned);
  }

  #startIn(isolated: Isolation): Promise<Outcome> {
    try {
      isolated.runInAsyncScope(this.#work, this, this.#message, this.#environment);
    } catch (error) {
      this.#fail(error);
    }
    return this.#ended.promise;
  }

  #work(message: BatchMessage, { work, context }: MessageEnvironment): void {
    const returned = work(message, context);
    if (Effect.isEffect(returned)) {
      this.#run(returned as MessageEffect);
      return;
    }
    Promise.resolve(returned).then(
      (value) => {
        // A wrapper that had to wait, such as `checked` with an asynchronous schema, promises the Effect.
        if (!Effect.isEffect(value)) this.#succeed(value);
        else if (!this.#stopped) this.#run(value as MessageEffect);
      },
      (error: unknown) => {
        this.#fail(error);
      },
    );
  }

  #run(effect: MessageEffect): void {
    const { services, context, sourceName, logAnnotations } = this.#environment;
    const annotations = { ...logAnnotations, messageId: this.#message.id };
    const scope = Scope.makeUnsafe();
    const annotated = Context.add(services, References.CurrentLogAnnotations, annotations);
    const provided = Context.add(annotated, Scope.Scope, scope);
    this.#interrupt = Effect.runCallbackWith(provided)(
      withMessageSpan(effect, services, this.#message, context, sourceName),
      {
        onExit: (exit) => {
          // `Effect.scoped` closes every scope, which costs a batch of messages of 1 ms another 2 %. Few use it.
          if (scope.state._tag === 'Open') this.#close(scope, exit);
          else this.#end(exit);
        },
      },
    );
  }

  #close(scope: Scope.Closeable, exit: Exit.Exit<unknown, unknown>): void {
    Effect.runCallback(Scope.close(scope, exit), {
      onExit: (closed) => {
        this.#end(Exit.isSuccess(exit) && Exit.isFailure(closed) ? closed : exit);
      },
    });
  }

  #end(exit: Exit.Exit<unknown, unknown>): void {
    if (Exit.isSuccess(exit)) this.#succeed(exit.value);
    else if (Cause.hasInterruptsOnly(exit.cause)) this.#endInterrupted();
    else this.#fail(Cause.squash(exit.cause));
  }

  /** Fails a message whose work returned what still has to be run, such as an Effect of another version. */
  #succeed(value: unknown): void {
    try {
      checkReturned(value);
      this.#ended.resolve(succeeded);
    } catch (error) {
      this.#fail(error);
    }
  }

  #endInterrupted(): void {
    if (this.#stopped || this.#environment.context.signal.aborted) this.#ended.resolve(interrupted);
    else this.#fail(new ParallelLambdaError(interruptedItself));
  }

  #fail(error: unknown): void {
    this.#ended.resolve(outcomeOfError(error, this.#environment.context.signal));
  }
}

const interruptedItself = 'The Effect was interrupted by its own code. Return one that succeeds or fails.';
