export { parseBackoff } from './parse-backoff.ts';
export { parsePollers } from './parse-pollers.ts';
