/** The highest of each of so many stretches: what is high for a second only is not lost. */
export function highestOf(values: Float64Array, stretches: number): readonly number[] {
  return condense(values, stretches, (part) => part.reduce((most, value) => Math.max(most, value), 0));
}

/** The mean of each of so many stretches. */
export function meanOf(values: Float64Array, stretches: number): readonly number[] {
  return condense(values, stretches, (part) => part.reduce((sum, value) => sum + value, 0) / part.length);
}

function condense(
  values: Float64Array,
  stretches: number,
  toOne: (part: Float64Array) => number,
): readonly number[] {
  const count = Math.min(stretches, values.length);
  return Array.from({ length: count }, (_, place) =>
    toOne(
      values.subarray(
        Math.floor((place * values.length) / count),
        Math.floor(((place + 1) * values.length) / count),
      ),
    ),
  );
}
