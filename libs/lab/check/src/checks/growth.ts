/** Returns whether figures grow without an end. */
export interface Growth {
  readonly trend: 'grows' | 'steady' | 'unclear';
  /** From look to look, in the later half. */
  readonly slope: number;
}

/** Definition of growth between two looks. */
export interface GrowthLimits {
  /** Minimum increase that is growth. */
  readonly noticeable: number;
  /** Less than this is none. */
  readonly negligible: number;
}

/** The share of the later figures that must be larger than those before. */
const steadily = 0.75;

/**
 * Judges a row of figures. The first half is left out: a function warms up. What grows does so in every part of the later half,
 * and a cache that fills up does not.
 */
export function growth(figures: readonly number[], { noticeable, negligible }: GrowthLimits): Growth {
  const later = figures.slice(Math.floor(figures.length / 2));
  const half = Math.floor(later.length / 2);
  const slope = slopeOf(later);
  const ends = [slopeOf(later.slice(0, half + 1)), slopeOf(later.slice(half))];
  const rising = later.slice(1).filter((figure, place) => figure > (later[place] ?? 0)).length;
  if (Math.abs(slope) < negligible || slope < 0) return { trend: 'steady', slope };
  const goesOn = ends.every((each) => each >= noticeable / 2 && each > slope / 3);
  const isSteady = rising >= steadily * (later.length - 1);
  return { trend: slope >= noticeable && goesOn && isSteady ? 'grows' : 'unclear', slope };
}

/** Slope by least squares. */
function slopeOf(figures: readonly number[]): number {
  const { length } = figures;
  const meanX = (length - 1) / 2;
  const meanY = figures.reduce((sum, figure) => sum + figure, 0) / length;
  let [above, below] = [0, 0];
  for (const [x, y] of figures.entries()) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
