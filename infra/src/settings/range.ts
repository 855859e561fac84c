/** The whole numbers that a setting may be, and which it is when nobody says. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}
