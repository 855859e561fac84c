export { parsePollers } from './parse-pollers.ts';
