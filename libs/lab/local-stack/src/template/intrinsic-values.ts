import { isRecord } from '@parallel-lambda/local-lambda';

/** Returns whether a value holds a function that stays in the template. */
export function refers(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(refers);
  if (!isRecord(value)) return false;
  return Object.entries(value).some(([key, each]) => key === 'Ref' || key.startsWith('Fn::') || refers(each));
}

/** Returns a list, empty where the value is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Splits a text; anything else keeps the function. */
export function split(argument: unknown): unknown {
  const [delimiter, text] = listOf(argument);
  return typeof text === 'string' ? text.split(String(delimiter)) : { 'Fn::Split': argument };
}

/** Joins strings and numbers; a part that refers to a resource keeps the function. */
export function join(argument: unknown): unknown {
  const [delimiter, parts] = listOf(argument);
  const known =
    Array.isArray(parts) && parts.every((part) => ['string', 'number', 'boolean'].includes(typeof part));
  if (known) return parts.join(String(delimiter));
  return {
    'Fn::Join': [
      delimiter,
      Array.isArray(parts) ? parts.map((part) => (isRecord(part) ? part : String(part))) : parts,
    ],
  };
}
