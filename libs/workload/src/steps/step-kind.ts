import type { Message, WorkContext } from '@parallel-lambda/batch';

/** One kind of step: `{"<name>": <argument>}` in a message's text. One file a kind, listed in `index.ts`. */
export interface StepKind<Argument> {
  /** The step's one key. */
  readonly name: string;
  /** What its argument may be, in words, for errors and the README. */
  readonly takes: string;
  /** Whether `argument`, as it came out of the JSON, is what this kind takes. */
  accepts(argument: unknown): argument is Argument;
  /** Does the step; it is done when this returns or its promise is fulfilled. */
  run(argument: Argument, message: Message, context: WorkContext): unknown;
}

/** A step of a message, checked and ready to run. */
export interface Step {
  readonly kind: StepKind<unknown>;
  /** What `kind.accepts`. */
  readonly argument: unknown;
}
