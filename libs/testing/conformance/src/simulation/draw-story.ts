import type { Random } from '@parallel-lambda/event-sources';

import type { Act, Story } from './story.ts';
import { deadlineMs, timeoutMs } from './timing.ts';

/** How often a batch meets each kind of trouble, on average, whatever its size. */
const troublesOfABatch = {
  failing: 0.8,
  late: 0.15,
  poisoned: 0.08,
  hanging: 0.1,
  heeding: 0.1,
  stray: 0.04,
};

type Trouble = keyof typeof troublesOfABatch;

/** Troubles that take threads real time: until the deadline comes, and to be replaced. */
const slow: ReadonlySet<Trouble> = new Set<Trouble>(['late', 'hanging', 'heeding', 'stray']);

/** However small a batch is. */
const mostOfABatch = 0.25;
const longestWaitMs = 40;

/** How hard a round is. */
export interface Hardship {
  readonly batchSize: number;
  /** Bounds the share of messages with each trouble that takes threads real time: 0 to 1. */
  readonly mostSlow: number;
}

/** Draws what will happen to a message. */
export function drawStory(number: number, random: Random, { batchSize, mostSlow }: Hardship): Story {
  const trouble = drawTrouble(random, (kind, ofABatch) =>
    Math.min(ofABatch / batchSize, mostOfABatch, slow.has(kind) ? mostSlow : 1),
  );
  const wait = (): Pick<Act, 'afterMs'> =>
    random() < 0.5 ? {} : { afterMs: 1 + Math.floor(random() * longestWaitMs) };
  const times = 1 + Math.floor(random() * 3);
  const again = (act: () => Act): Act[] => Array.from({ length: times }, act);
  const acts = troubled();
  return { number, acts: trouble === 'poisoned' ? acts : [...acts, { do: 'succeed', ...wait() }] };

  function troubled(): readonly Act[] {
    switch (trouble) {
      case undefined:
        return [];
      case 'failing':
        return again(() => ({ do: random() < 0.8 ? 'fail' : 'throw undefined', ...wait() }));
      case 'poisoned':
        return [{ do: 'fail', ...wait() }];
      case 'late':
        // From before the deadline until after Lambda's timeout.
        return [{ do: 'succeed', afterMs: Math.floor(deadlineMs / 2 + random() * timeoutMs) }];
      case 'hanging':
        return again(() => ({ do: 'hang' }));
      case 'heeding':
        return again(() => ({ do: 'heed the signal', ...wait() }));
      case 'stray':
        return [{ do: 'leave a stray rejection', ...wait() }];
    }
  }
}

function drawTrouble(
  random: Random,
  chanceOf: (trouble: Trouble, ofABatch: number) => number,
): Trouble | undefined {
  let left = random();
  for (const [trouble, ofABatch] of Object.entries(troublesOfABatch) as [Trouble, number][]) {
    left -= chanceOf(trouble, ofABatch);
    if (left < 0) return trouble;
  }
  return undefined;
}
