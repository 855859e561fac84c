import { addTallies, noTally, type Tally } from './tally.ts';

interface Row extends Tally {
  readonly source: string;
  readonly seconds: number;
}

const progressEveryMs = 5_000;
const headings = [
  'source',
  'messages',
  'batches',
  'responses lost',
  'done more than once',
  'dead letters',
  'lost',
  'seconds',
] as const;

/** Shows a long run: how far it has come on stderr, what it counted on stdout. */
export class LongRun {
  readonly #technique: string;
  readonly #rows: Row[] = [];

  constructor(technique: string) {
    this.#technique = technique;
  }

  /** Plays a source to its end; it is shown when nothing was found. */
  async show(source: string, play: (onRound: (soFar: Tally) => void) => Promise<Tally>): Promise<Tally> {
    const startedAtMs = performance.now();
    let shownAtMs = startedAtMs;
    const tally = await play(({ messages }) => {
      if (performance.now() - shownAtMs < progressEveryMs) return;
      shownAtMs = performance.now();
      process.stderr.write(`${this.#technique}, ${source}: ${inWords(messages)} messages\n`);
    });
    this.#rows.push({ source, ...tally, seconds: (performance.now() - startedAtMs) / 1_000 });
    return tally;
  }

  /** Prints the table: a line a source, and one for all. */
  print(): void {
    const all = this.#rows.reduce<Tally>(addTallies, noTally);
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
  seconds,
}: Row): readonly string[] {
  // A source of which a message was lost has no line: its test failed, and says which.
  const counts = [messages, batches, lostResponses, repeated, deadLetters, 0];
  return [source, ...counts.map(inWords), seconds.toFixed(1)];
}

function inWords(count: number): string {
  return count.toLocaleString('en');
}
