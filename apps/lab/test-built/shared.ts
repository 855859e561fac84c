import type { FunctionDefinition, FunctionOverrides, LocalFunction } from '@parallel-lambda/local-lambda';
import { afterAll, beforeAll } from 'vitest';

import { start } from './start.ts';

/**
 * A function that the tests of a `describe` share, warm from the second on: for those that leave nothing behind.
 *
 * @returns how to get it, within a test
 */
export function shared(definition: FunctionDefinition, overrides?: FunctionOverrides): () => LocalFunction {
  let local: LocalFunction;
  beforeAll(() => {
    local = start(definition, overrides);
  });
  afterAll(() => local[Symbol.asyncDispose]());
  return () => local;
}
