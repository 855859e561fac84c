import type { Assembly } from '@parallel-lambda/local-stack';

import { describeFolder } from '@parallel-lambda/local-lambda';

/**
 * A built function that is not of this workspace, as an assembly that holds it alone.
 *
 * @param folder of the built function, as it would be uploaded
 * @param handler file and export, such as `index.handler`
 * @throws {LocalLambdaError} `setting`, when there is no such file
 */
export function ownFunction(folder: string, handler?: string): Assembly {
  // Priced like the three functions, whatever this machine is.
  const definition = { ...describeFolder(folder, { handler, timeout: 60 }), architecture: 'arm64' } as const;
  return { folder: definition.codeFolder, functions: [definition], skipped: [] };
}
