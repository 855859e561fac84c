import { ParallelLambdaError } from './errors.ts';

/**
 * Refuses a Node.js that is too old, while the function starts, rather than fail at the first message. It needs
 * `Promise.withResolvers` (22.0), and CommonJS that can `require` an ES module (22.12).
 *
 * @param version such as `24.1.0`
 * @throws {ParallelLambdaError} when it is older than 22.12
 */
export function checkNode(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return;
  throw new ParallelLambdaError(`Node.js 22.12 or later is needed, not ${version}`);
}
