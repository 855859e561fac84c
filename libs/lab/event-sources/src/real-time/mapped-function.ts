import type { InvocationResult } from '../event-source.ts';

/** Result of invoking a function with a batch: undefined while it is throttled. */
export type Handover = InvocationResult | { readonly kind: 'throttled' };

/** The function of a mapping. It never rejects. */
export type MappedFunction = (event: object) => Promise<Handover>;

/** A batch that a mapping has settled, with any result. */
export interface SettledBatch {
  readonly messages: number;
  /** Messages that did not succeed: they are redelivered or discarded. */
  readonly failed: number;
  /** The very object that the function gave. */
  readonly result: InvocationResult;
}

/** Events of a mapping. */
export interface MappingEvents {
  readonly onSettled?: ((batch: SettledBatch) => void) | undefined;
  /** An error that is not the function's, such as a deleted queue. The mapping continues. */
  readonly onError?: ((error: unknown) => void) | undefined;
}
