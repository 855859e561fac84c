import type { Limit } from '../limits.ts';
import type { Group } from './group.ts';

/** Period of the CPU quota, in microseconds. AWS publishes none. */
export const periodUs = 20_000;

/** A group, or why there is none: a sentence. */
export type Made = Group | string;

/** Tries to make a group. */
export function tryToMake(make: () => Group): Made {
  try {
    return make();
  } catch (error) {
    return reason(error);
  }
}

/**
 * Sets a limit.
 *
 * @param set describes the limits from then on
 */
export function limitBy(made: Made, set: (group: Group) => string): Limit {
  if (typeof made === 'string') return { enforced: false, how: made };
  try {
    return { enforced: true, how: set(made) };
  } catch (error) {
    return { enforced: false, how: reason(error) };
  }
}

function reason(error: unknown): string {
  return `control groups cannot be written: ${(error as Error).message}`;
}
