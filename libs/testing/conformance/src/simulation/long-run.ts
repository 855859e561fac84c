import { addTotals, noTotals, type Totals } from './totals.ts';

interface Row extends Totals {
  readonly source: string;
  readonly seconds: number;
}

const progressEveryMs = 5_000;
const headings = [
  'source',
  'messages',
  'batches',
  'responses lost',
  'succeeded twice or more',
  'dead letters',
  'parked',
  'parked twice or more',
  'delays',
  'lost',
  'seconds',
] as const;

/** Reports a long run: progress on stderr, totals on stdout. */
export class LongRun {
  readonly #technique: string;
  readonly #rows: Row[] = [];

  constructor(technique: string) {
    this.#technique = technique;
  }

  /** Runs the simulation of one source, and adds its totals to the table. */
  async show(source: string, play: (onRound: (soFar: Totals) => void) => Promise<Totals>): Promise<Totals> {
    const startedAtMs = performance.now();
    let shownAtMs = startedAtMs;
    const totals = await play(({ messages }) => {
      if (performance.now() - shownAtMs < progressEveryMs) return;
      shownAtMs = performance.now();
      process.stderr.write(`${this.#technique}, ${source}: ${inWords(messages)} messages\n`);
    });
    this.#rows.push({ source, ...totals, seconds: (performance.now() - startedAtMs) / 1_000 });
    return totals;
  }

  /** Prints the table: one line per source and one for all. */
  print(): void {
    const all = this.#rows.reduce<Totals>(addTotals, noTotals);
    const seconds = this.#rows.reduce((sum, row) => sum + row.seconds, 0);
    const lines = [headings, ...[...this.#rows, { source: 'all', ...all, seconds }].map(cells)];
    const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
    const text = lines.map((line) =>
      line.map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      ),
    );
    process.stdout.write(`\n${this.#technique}\n${text.map((line) => line.join('  ')).join('\n')}\n\n`);
  }
}

function cells({
  source,
  messages,
  batches,
  lostResponses,
  repeated,
  deadLetters,
  parked,
  parkedAgain,
  delayed,
  seconds,
}: Row): readonly string[] {
  // A source that lost a message has no line: its test fails and names the message.
  const counts = [messages, batches, lostResponses, repeated, deadLetters, parked, parkedAgain, delayed, 0];
  return [source, ...counts.map(inWords), seconds.toFixed(1)];
}

function inWords(count: number): string {
  return count.toLocaleString('en');
}
