import type { Message, WorkContext } from '@parallel-lambda/batch';

import type { Observer } from '../recorder/observer.ts';

/** Input of an action. */
export interface ActionInput {
  readonly message: Message;
  readonly context: WorkContext;
  readonly observer: Observer;
}
