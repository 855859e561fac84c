const blocks = '▁▂▃▄▅▆▇█';

/** Values from zero up to the greatest of them, a character each. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values, 0);
  return values
    .map((value) => blocks[most > 0 ? Math.min(7, Math.ceil((value / most) * 7)) : 0] ?? '')
    .join('');
}
