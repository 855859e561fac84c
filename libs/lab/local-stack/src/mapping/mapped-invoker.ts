import type { Handover, MappedFunction, SettledBatch } from '@parallel-lambda/event-sources/real-time';
import { LabError, type InvocationResult } from '@parallel-lambda/local-lambda';

import { isThrottled } from '../asynchronous/throttled.ts';
import type { ServedFunction } from '../served-function.ts';

/** The function of a mapping, and the listener of its results. */
export interface MappedInvoker {
  readonly invoke: MappedFunction;
  readonly onSettled: (batch: SettledBatch) => void;
  readonly onError: (error: unknown) => void;
  /** The invocation that a mapping was given this result of. */
  readonly invocationOf: (result: object) => InvocationResult | undefined;
}

/**
 * A served function as a mapping invokes it.
 *
 * @param onError called with errors that are not the function's
 */
export function mappedInvoker(served: ServedFunction, onError: (error: unknown) => void): MappedInvoker {
  const unsettled = new WeakMap<object, InvocationResult>();
  return {
    onError,
    invocationOf: (handover) => unsettled.get(handover),
    async invoke(event) {
      try {
        const result = await served.invoke(event);
        const handover = handoverOf(result);
        unsettled.set(handover, result);
        return handover;
      } catch (error) {
        if (isThrottled(error)) return { kind: 'throttled' };
        // An event that Lambda would refuse, or the lab is ending: the batch is its source's again.
        if (error instanceof LabError) return { kind: 'killed' };
        onError(error);
        return { kind: 'killed' };
      }
    },
    onSettled({ messages, failed, result: handover }) {
      const result = unsettled.get(handover);
      if (result) served.emitInvocation({ origin: 'mapping', result, batch: { messages, failed } });
    },
  };
}

function handoverOf(result: InvocationResult): Handover {
  if (result.status === 'success') return { kind: 'response', payload: result.payload };
  return { kind: result.status };
}
