import type { Answer } from './call-observer.ts';
import type { Trial, TrialMessage } from './trial.ts';

/** Makes a batch whose messages have the ids 0, 1, 2 and so on. */
export function batchOf(
  count: number,
  answers: Readonly<Record<string, Answer>> = {},
  others: Answer = 'succeed',
): TrialMessage[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    answer: answers[index] ?? others,
  }));
}

/** Makes a batch of three FIFO groups of three messages: a0 b0 c0 a1 and so on. */
export function fifoBatch(answers: Readonly<Record<string, Answer>> = {}): TrialMessage[] {
  return ['a0', 'b0', 'c0', 'a1', 'b1', 'c1', 'a2', 'b2', 'c2'].map((id) => {
    const answer = answers[id];
    return { id, group: id.slice(0, 1), ...(answer && { answer }) };
  });
}

/** Returns whether each message of a group began after the one before was answered. */
export function inOrder({ events }: Pick<Trial, 'events'>): boolean {
  return ['a', 'b', 'c'].every((group) => {
    const seen = events.filter(({ id }) => id.startsWith(group)).map(({ id, what }) => `${id} ${what}`);
    const expected = [0, 1, 2].flatMap((index) => [`${group}${index} began`, `${group}${index} answered`]);
    return seen.join() === expected.join();
  });
}
