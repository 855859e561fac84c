export { parseMemorySizes } from './tune/parse-memory-sizes.ts';
export { parsePresent } from './tune/parse-present.ts';
export { parseVaried } from './tune/parse-varied.ts';
/** Seconds: with the report, five minutes. */
export const defaultBudget = 285;
