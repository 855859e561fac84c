/** Templates may hold numbers and booleans as text. */

/** Returns a property's number, or else the default. */
export function numberOf(value: unknown, otherwise: number): number {
  return Number.isFinite(parsed(value)) ? parsed(value) : otherwise;
}

/** Returns whether a property is true. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function parsed(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}
