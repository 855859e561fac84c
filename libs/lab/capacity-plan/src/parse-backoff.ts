import { LabError } from '@parallel-lambda/local-lambda';

import type { Backoff } from './simulation/backoff.ts';

/** The longest visibility timeout, in seconds. */
const maxSeconds = 43_200;

/**
 * Parses the delays of a backoff in seconds, such as `10..900`.
 *
 * @throws {LabError} `usage`, if the text is something else, or out of range
 */
export function parseBackoff(text: string): Backoff {
  const found = /^(\d+)\.\.(\d+)$/.exec(text);
  const [first, max] = [Number(found?.[1]), Number(found?.[2])];
  if (first >= 1 && max >= first && max <= maxSeconds) return { firstSeconds: first, maxSeconds: max };
  throw new LabError(
    'usage',
    `It must be FIRST..MAX in seconds, from 1 to 43,200 with FIRST at most MAX, such as 10..900, not ${text}.`,
  );
}
