import { existsSync } from 'node:fs';
import path from 'node:path';

import type { FunctionDefinition } from '@parallel-lambda/local-lambda';

/** Returns whether a message can spin or exit in this function without taking the batch along. */
export function hasThreads({ codeFolder }: FunctionDefinition): boolean {
  return existsSync(path.join(codeFolder, 'entry/worker.js'));
}
