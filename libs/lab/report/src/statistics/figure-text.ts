import type { Interval } from './bootstrap.ts';

/**
 * A number with no more digits than its interval carries, and never more than three significant ones: those down to the
 * first in which the interval's ends differ, and as many as keep it within them: a median can lie near one end.
 *
 * @param value such as 264.37
 * @param interval of the same unit: from 261 to 270 leaves 264
 */
export function significant(value: number, { low, high }: Interval): string {
  const half = (high - low) / 2;
  if (!Number.isFinite(value) || value === 0) return String(value);
  const largest = exponentOf(value);
  const finest = half > 0 ? Math.max(exponentOf(half), largest - 2) : largest - 2;
  let shown = decimal(value, Math.min(finest, largest));
  for (let finer = finest - 1; finer >= largest - 2 && !(low <= +shown && +shown <= high); finer--) {
    shown = decimal(value, finer);
  }
  return shown;
}

/** Formats a number with the given significant digits, but always with its whole part. */
export function digits(value: number, count: number): string {
  return value.toFixed(Math.max(count - 1 - exponentOf(Number(value.toPrecision(count))), 0));
}

function exponentOf(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
}

function decimal(value: number, finest: number): string {
  if (finest <= 0) return value.toFixed(-finest);
  const unit = 10 ** finest;
  return String(Math.round(value / unit) * unit);
}
