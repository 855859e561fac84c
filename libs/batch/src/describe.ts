const longest = 200;

/**
 * A short text for any value, to say in an error or a log line what came.
 *
 * @param value anything, also what cannot be inspected
 */
export function describe(value: unknown): string {
  const text = printed(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function printed(value: unknown): string {
  try {
    // Not imported, for that loads all that `node:util` exports: 5 ms of every cold start, and errors are rare.
    const { inspect } = process.getBuiltinModule('node:util');
    return inspect(value, { depth: 1, breakLength: Infinity, maxArrayLength: 5, maxStringLength: longest });
  } catch {
    return `a value of type ${typeof value} that cannot be printed`;
  }
}
