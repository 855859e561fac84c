import type { Estimate } from './estimate.ts';
import { digits, significant } from './figure-text.ts';

/** A duration in the unit that suits it. */
export function milliseconds(value: number, count = 3): string {
  return value < 999.5 ? `${digits(value, count)} ms` : `${digits(value / 1000, count)} s`;
}

/** A median duration, with the digits that its interval carries. */
export function durationText(estimate: Estimate): string {
  if (estimate.median < 999.5) return `${figureText(estimate)} ms`;
  return `${figureText({
    median: estimate.median / 1000,
    low: estimate.low / 1000,
    high: estimate.high / 1000,
    samples: estimate.samples,
  })} s`;
}

/** Formats a median with the digits that its interval justifies; two for a single sample. */
export function figureText({ median, low, high, samples }: Estimate): string {
  return samples < 2 ? digits(median, 2) : significant(median, { low, high });
}

/** A share of 1, in whole hundredths; nothing where there is none. */
export function percent(share: number | undefined): string {
  return share === undefined ? '' : `${Math.round(share * 100)} %`;
}

/** Formats a count with its noun: `1 thread`, `2 threads`. */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** US dollars. */
export function dollars(estimate: Estimate): string {
  return `$${figureText(estimate)}`;
}
