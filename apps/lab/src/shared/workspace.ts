import path from 'node:path';

import { checkAssembly, readAssembly, type Assembly } from '@parallel-lambda/local-stack';

/** The folder of this workspace. */
export const root = path.resolve(import.meta.dirname, '../../../..');

/**
 * The synthesized assembly of this workspace. It is never built here: Nx does that, before its targets.
 *
 * @throws {LabError} when it is missing or older than its sources
 */
export async function openAssembly(): Promise<Assembly> {
  await checkAssembly(root);
  return readAssembly(path.join(root, 'infra/cdk.out'));
}
