import {
  LocalFunction,
  type FunctionDefinition,
  type FunctionOverrides,
} from '@parallel-lambda/local-lambda';

import { runtimeUnderTest } from './runtime-under-test.ts';

/**
 * Prepares a function in a separate environment, on the runtime client under test.
 *
 * @param maxConcurrency how many invocations it works on at a time, as on Managed Instances. @default one
 */
export function start(
  definition: FunctionDefinition,
  overrides: FunctionOverrides = {},
  maxConcurrency?: number,
): LocalFunction {
  return new LocalFunction(definition, { ...runtimeUnderTest.options, overrides, maxConcurrency });
}
