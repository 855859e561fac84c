import type { SentMessage } from './sqs-event.ts';

/**
 * Messages with the ids m1, m2, …
 *
 * @param bodies what each is to do
 */
export function messages(...bodies: readonly unknown[]): SentMessage[] {
  return bodies.map((body, index) => ({ id: `m${index + 1}`, body }));
}
