const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * A bar of blocks and, at its end, of eighths of one.
 *
 * @param length of the longest, in characters
 */
export function bar(share: number, length = 10): string {
  const parts = Math.max(1, Math.round(share * length * 8));
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
}
