import { inspect } from 'node:util';

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
    return inspect(value, { depth: 1, breakLength: Infinity, maxArrayLength: 5, maxStringLength: longest });
  } catch {
    return `a value of type ${typeof value} that cannot be printed`;
  }
}
