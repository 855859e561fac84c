const MAX_CHARACTERS = 200;

/**
 * Returns a short text for any value, for errors about options and identifiers.
 *
 * @param value any value, even one that cannot be inspected, but not message content: see `describeShape`
 */
export function describe(value: unknown): string {
  return shortened(printed(value), MAX_CHARACTERS);
}

/** Cuts a text that is longer than `max` characters. */
export function shortened(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

/**
 * Describes the data of a sender by its type and size only: errors reach the log, which never contains a
 * body.
 */
export function describeShape(value: unknown): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'object' || value === null) return describe(value);
  return `an object with the keys ${describe(Object.keys(value))}`;
}

function printed(value: unknown): string {
  try {
    // Not imported, because that loads all exports of `node:util`: 5 ms of every cold start, and errors are rare.
    const { inspect } = process.getBuiltinModule('node:util');
    return inspect(value, {
      depth: 1,
      breakLength: Infinity,
      maxArrayLength: 5,
      maxStringLength: MAX_CHARACTERS,
    });
  } catch {
    return `an unprintable ${typeof value}`;
  }
}
