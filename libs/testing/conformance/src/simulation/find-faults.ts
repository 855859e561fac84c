import type { Drained } from '@parallel-lambda/event-sources';

import type { Ledger } from './ledger.ts';
import { writeStory, type Story } from './story.ts';

/** A message as its sender knows it. */
export interface SentStory {
  readonly id: string;
  readonly lane: number;
  readonly story: Story;
}

const mostShown = 5;

/**
 * What must not be at the end of a round: a message that is lost, neither done nor a dead letter, or a lane out of
 * order. A lane is in order when the first successes of its messages came in the order in which they were sent; what
 * was never done, and what was done again, is left out.
 *
 * @param ordered whether the source promises order
 * @returns a sentence for each, the first few with the message's story; none when all is well
 */
export function findFaults(
  sent: readonly SentStory[],
  { settled, deadLetters, deliveries }: Drained,
  ledger: Ledger,
  ordered: boolean,
): readonly string[] {
  const dead = new Set(deadLetters.map(({ messageId }) => messageId));
  const lost = sent.filter(({ id, story }) => ledger.successesOf(story.number) === 0 && !dead.has(id));
  const tell = ({ id, lane, story }: SentStory): string =>
    `${id} of lane ${lane}, delivered ${deliveries.get(id) ?? 0} times: ${writeStory(story)}`;
  const faults = [
    ...(settled ? [] : ['The source was not emptied']),
    ...lost.map((message) => `Lost: ${tell(message)}`),
    ...(ordered ? outOfOrder(sent, ledger).map((message) => `Out of order: ${tell(message)}`) : []),
  ];
  return faults.length <= mostShown
    ? faults
    : [...faults.slice(0, mostShown), `and ${faults.length - mostShown} more`];
}

/** Messages whose first success came before that of a message sent earlier. */
function outOfOrder(sent: readonly SentStory[], ledger: Ledger): readonly SentStory[] {
  const latest = new Map<number, number>();
  return sent.filter(({ lane, story }) => {
    const place = ledger.firstSuccessOf(story.number);
    const before = latest.get(lane) ?? 0;
    latest.set(lane, Math.max(before, place));
    return place !== 0 && place < before;
  });
}
