/** Divides values into equal periods, and returns the maximum of each, so that short peaks stay visible. */
export function maxOf(values: Float64Array, periods: number): readonly number[] {
  return condense(values, periods, (part) => part.reduce((max, value) => Math.max(max, value), 0));
}

/** Divides values into equal periods, and returns the mean of each. */
export function meanOf(values: Float64Array, periods: number): readonly number[] {
  return condense(values, periods, (part) => part.reduce((sum, value) => sum + value, 0) / part.length);
}

function condense(
  values: Float64Array,
  periods: number,
  toOne: (part: Float64Array) => number,
): readonly number[] {
  const count = Math.min(periods, values.length);
  return Array.from({ length: count }, (_, index) =>
    toOne(
      values.subarray(
        Math.floor((index * values.length) / count),
        Math.floor(((index + 1) * values.length) / count),
      ),
    ),
  );
}
