import { DeadlineReached } from '../deadline.ts';
import type { Message } from '../message.ts';
import type { WorkContext } from '../work.ts';

/**
 * Arguments of work: the values of its technique or wrapper, then the context. The values are, for example, a
 * message, or a value and a message. Work may have fewer parameters.
 */
export type WorkArguments = readonly unknown[];

/** The arguments of work outside of wrappers. */
export type MessageArguments = [message: Message, context: WorkContext];

/** The context of the batch that a context for one message was made from. */
const batchContexts = new WeakMap<WorkContext, WorkContext>();

/** Returns the context among the arguments that work is called with. */
export function contextIn(args: WorkArguments): WorkContext {
  return args.at(-1) as WorkContext;
}

/** Creates a context for one message, with its own signal and deadline. */
export function messageContextOf(
  context: WorkContext,
  changes: Pick<WorkContext, 'signal' | 'deadlineMs'>,
): WorkContext {
  const own = { ...context, ...changes };
  batchContexts.set(own, batchContextOf(context));
  return own;
}

/** Returns the context that all messages of a batch share in one thread. */
export function batchContextOf(context: WorkContext): WorkContext {
  return batchContexts.get(context) ?? context;
}

/** Returns the time until the deadline, in milliseconds: 0 after it, `Infinity` without a deadline. */
export function timeLeft({ signal, deadlineMs }: WorkContext): number {
  return signal.aborted ? 0 : Math.max(0, (deadlineMs ?? Infinity) - Date.now());
}

/** Throws the reason of the signal if the deadline has been reached, also if no timer could fire yet. */
export function throwIfReached(context: WorkContext): void {
  context.signal.throwIfAborted();
  if (timeLeft(context) === 0) throw new DeadlineReached();
}
