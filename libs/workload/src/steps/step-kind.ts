import type { Message, WorkContext } from '@parallel-lambda/batch';

/**
 * Effect of a step on its thread: leave it free while it waits (`waits`), hold it (`computes`), or leave it free
 * while a thread of libuv's computes (`libuv`).
 */
export type Nature = 'waits' | 'computes' | 'libuv';

/** One kind of step: `{"<name>": <argument>}` in a message's text. One file a kind, listed in `index.ts`. */
export interface StepKind<Argument> {
  /** The step's one key. */
  readonly name: string;
  readonly nature: Nature;
  /** Description of its argument, for errors and the README. */
  readonly takes: string;
  /** Returns whether `argument`, as parsed from the JSON, is valid for this kind. */
  accepts(argument: unknown): argument is Argument;
  /** Does the step; it is done when this returns or its promise is fulfilled. */
  run(argument: Argument, message: Message, context: WorkContext): unknown;
}

/** A step of a message, checked and ready to run. */
export interface Step {
  readonly kind: StepKind<unknown>;
  /** Argument that `kind.accepts`. */
  readonly argument: unknown;
}
