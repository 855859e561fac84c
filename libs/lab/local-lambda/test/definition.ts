import { fileURLToPath } from 'node:url';

import type { FunctionDefinition } from '../src/index.ts';

/** A function whose code is `test/fixtures/<folder>`, run unchanged. */
export function definition(
  folder: string,
  handler: string,
  changes: Partial<FunctionDefinition> = {},
): FunctionDefinition {
  return {
    name: 'fixture',
    logicalId: 'Fixture',
    codeFolder: fileURLToPath(new URL(`fixtures/${folder}`, import.meta.url)),
    handler,
    runtime: 'nodejs24.x',
    architecture: 'x86_64',
    memoryMb: 256,
    timeoutSeconds: 20,
    environment: {},
    logFormat: 'Text',
    notes: [],
    ...changes,
  };
}
