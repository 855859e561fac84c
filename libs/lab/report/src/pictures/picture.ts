import type { Chart } from '../drawing/draw-svg.ts';

/** A chart with its title, text and legend. */
export interface Picture {
  /** Unique in a report, in kebab-case. */
  readonly id: string;
  readonly title: string;
  /** Explanation of the kind of picture. */
  readonly howToRead: string;
  /** Findings computed from the measurements, one or two sentences each. */
  readonly findings: readonly string[];
  /** @param width of the place in pixels: that of a desk or of a phone */
  readonly chart: (width: number) => Chart;
  /** The same as figures. */
  readonly figures: FiguresTable;
}

/** A table of texts; the first column names the row. */
export interface FiguresTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
