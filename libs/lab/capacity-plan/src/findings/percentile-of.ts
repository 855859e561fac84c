/**
 * The smallest value that so many of all do not exceed (nearest rank).
 *
 * @param share above 0, to 1
 */
export function percentileOf(values: Float64Array, share: number): number {
  return Float64Array.from(values).sort()[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
}
