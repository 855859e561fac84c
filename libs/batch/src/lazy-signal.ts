import type { WorkContext } from './work.ts';

/** An abort signal that is made when it is first read: the first of a process takes a millisecond of its cold start. */
export class LazySignal {
  #aborter: AbortController | undefined;
  #isAborted = false;
  #reason: unknown;

  get signal(): AbortSignal {
    if (!this.#aborter) {
      this.#aborter = new AbortController();
      if (this.#isAborted) this.#aborter.abort(this.#reason);
    }
    return this.#aborter.signal;
  }

  /** Whether it is, or will be when it is made. */
  get isAborted(): boolean {
    return this.#isAborted;
  }

  abort(reason: unknown): void {
    if (this.#isAborted) return;
    this.#isAborted = true;
    this.#reason = reason;
    this.#aborter?.abort(reason);
  }
}

const source = Symbol('source of the signal');

/**
 * One getter for all contexts. V8 keeps a hidden class for each getter of an object literal and with it, until it
 * collects what is old, all that the getter sees: eighteen thousand small batches grew a process by 80 MB.
 */
const signalProperty = {
  enumerable: true,
  get(this: { readonly [source]: Pick<WorkContext, 'signal'> }) {
    return this[source].signal;
  },
};

/**
 * What `work` is told of its invocation.
 *
 * @param signal where its signal is read when `work` reads it, and not before
 */
export function contextOf(
  facts: Omit<WorkContext, 'signal'>,
  signal: Pick<WorkContext, 'signal'>,
): WorkContext {
  const context = Object.defineProperty({ ...facts }, source, { value: signal });
  return Object.defineProperty(context, 'signal', signalProperty) as WorkContext;
}
