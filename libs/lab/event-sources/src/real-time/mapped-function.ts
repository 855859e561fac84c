import type { InvocationResult } from '../event-source.ts';

/** What became of handing a batch over: of a function that is throttled, nothing yet. */
export type Handover = InvocationResult | { readonly kind: 'throttled' };

/** The function of a mapping. It never rejects. */
export type MappedFunction = (event: object) => Promise<Handover>;

/** A batch that a mapping is done with for now, whatever became of it. */
export interface SettledBatch {
  readonly messages: number;
  /** Messages that did not succeed: they are redelivered or discarded. */
  readonly failed: number;
  /** The very object that the function gave. */
  readonly result: InvocationResult;
}

/** What a mapping tells as it goes. */
export interface MappingEvents {
  readonly onSettled?: ((batch: SettledBatch) => void) | undefined;
  /** Something that is not the function's fault, such as a queue that was deleted; the mapping goes on. */
  readonly onError?: ((error: unknown) => void) | undefined;
}
