import {
  LocalFunction,
  type FunctionDefinition,
  type FunctionOverrides,
} from '@parallel-lambda/local-lambda';

import { runtimeUnderTest } from './runtime-under-test.ts';

/** Makes a function ready to be invoked, in an environment of its own, on the runtime client under test. */
export function start(definition: FunctionDefinition, overrides: FunctionOverrides = {}): LocalFunction {
  return new LocalFunction(definition, { ...runtimeUnderTest.options, overrides });
}
