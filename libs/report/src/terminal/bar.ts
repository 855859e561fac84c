/** How long a bar is, in characters. */
const barLength = 10;

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of blocks and, at its end, of eighths of one. */
export function bar(share: number): string {
  const parts = Math.max(1, Math.round(share * barLength * 8));
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
}
