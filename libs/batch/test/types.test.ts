/** What must not compile. The type check is the test: an unused `@ts-expect-error` is an error. */
import { expect, it } from 'vitest';

import {
  batchHandler,
  notStarted,
  startDeadline,
  succeeded,
  type Batch,
  type Message,
  type Outcome,
  type Technique,
  type Work,
  type WorkContext,
} from '../src/index.ts';

export const outcomes: readonly Outcome[] = [
  succeeded,
  { status: 'failed', error: undefined },
  // @ts-expect-error -- no such status
  { status: 'done' },
  // @ts-expect-error -- an unfinished message says why
  { status: 'unfinished' },
  // @ts-expect-error -- no such reason
  { status: 'unfinished', reason: 'slow' },
];

export const works: readonly Work[] = [
  () => undefined,
  async ({ text }, { signal }) => {
    await fetch(text, { signal });
  },
  // @ts-expect-error -- a message is no text
  (message: string) => message,
];

export const techniques: readonly Technique[] = [
  ({ messages }) => Promise.resolve(messages.map(() => notStarted)),
  // @ts-expect-error -- outcomes, not nothing
  () => Promise.resolve(),
  // @ts-expect-error -- statuses alone are no outcomes
  ({ messages }) => Promise.resolve(messages.map(() => 'succeeded')),
];

export function nothingIsChanged(batch: Batch, message: Message, context: WorkContext): void {
  // @ts-expect-error -- read only
  batch.messages[0] = message;
  // @ts-expect-error -- read only
  batch.lanes[0] = [1];
  // @ts-expect-error -- read only
  message.text = '';
  // @ts-expect-error -- read only
  context.requestId = '';
}

export function optionsAreKnown(technique: Technique): void {
  batchHandler(technique, { marginMs: 5 });
  // @ts-expect-error -- units are in the name
  batchHandler(technique, { margin: 5 });
  // @ts-expect-error -- a technique, not its name
  batchHandler('promises');
  // @ts-expect-error -- in milliseconds, as Lambda says it
  startDeadline(new Date());
}

it('is checked by the compiler', () => {
  expect(outcomes).toHaveLength(5);
});
