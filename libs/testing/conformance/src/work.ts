import type { Message, WorkContext } from '@parallel-lambda/batch';

import { deeds, type Props } from './deeds.ts';
import { readTask } from './task.ts';
import { Testimony } from './testimony.ts';

/**
 * The suite's work: does what the message's text asks for, and tells the witness. A module, the same for all
 * techniques, since a closure cannot cross to a thread.
 */
export default function work(message: Message, context: WorkContext): unknown {
  const { task } = readTask(message.text);
  const testimony = new Testimony(task.number);
  const seeAbort = (): void => {
    testimony.seeAbort();
  };
  const end = (): void => {
    context.signal.removeEventListener('abort', seeAbort);
    testimony.end();
  };
  testimony.start();
  context.signal.addEventListener('abort', seeAbort);
  try {
    const result = (deeds[task.do] as (props: Props) => unknown)({ message, context, testimony });
    if (isPromise(result)) return result.finally(end);
    end();
    return result;
  } catch (error) {
    end();
    throw error;
  }
}

/** Not thenables: to look for `then` is part of what is tried. */
function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise;
  } catch {
    return false;
  }
}
