const blocks = '▁▂▃▄▅▆▇█';

/** Draws values from zero to their maximum, one character each. */
export function sparkline(values: readonly number[]): string {
  const max = Math.max(...values, 0);
  return values
    .map((value) => blocks[max > 0 ? Math.min(7, Math.ceil((value / max) * 7)) : 0] ?? '')
    .join('');
}
