import type { Estimate, Picture } from '@parallel-lambda/report';

/** A point is one competitor of one case. */
export interface GrowthPoint {
  readonly x: number;
  readonly case: string;
  readonly competitor: string;
}

/** A line of points as they were measured. */
export interface MeasuredLine {
  readonly name: string;
  readonly points: readonly (Pick<Estimate, 'median' | 'low' | 'high'> & { readonly x: number })[];
}

/** How a cost grows with something: what is to be flat is seen to be flat. */
export interface Growth extends Pick<Picture, 'id' | 'title' | 'howToRead'> {
  /** What grows. */
  readonly along: string;
  /** Microseconds of a whole invocation for each message, or how many times as long as at the line's first point. */
  readonly value: 'per message' | 'times the first';
  readonly lines: readonly { readonly name: string; readonly points: readonly GrowthPoint[] }[];
  /** What it shows, computed. */
  readonly findings: (lines: readonly MeasuredLine[]) => readonly string[];
}
