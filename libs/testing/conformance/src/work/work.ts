import type { Message, Work, WorkContext } from '@parallel-lambda/batch';

import { Observer } from '../recorder/observer.ts';
import type { ActionInput } from './action-input.ts';
import { actions, type Action } from './actions.ts';
import { readTask } from './task.ts';

/**
 * The suite's work: performs the action that the message's text names, and reports it to the recorder. It is a module,
 * the same for all techniques, because a closure cannot be passed to a thread.
 */
export default function work(message: Message, context: WorkContext): ReturnType<Work> {
  const { task } = readTask(message.text);
  const observer = new Observer(task.number);
  const recordAbort = (): void => {
    observer.recordAbort();
  };
  const end = (): void => {
    context.signal.removeEventListener('abort', recordAbort);
    observer.end();
  };
  observer.start();
  context.signal.addEventListener('abort', recordAbort);
  try {
    const result = (actions[task.do as Action] as (input: ActionInput) => ReturnType<Work>)({
      message,
      context,
      observer,
    });
    if (isPromise(result)) return result.finally(end) as ReturnType<Work>;
    end();
    return result;
  } catch (error) {
    end();
    throw error;
  }
}

/** Does not read `then`: the tests check how a technique reads it. */
function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise;
  } catch {
    return false;
  }
}
