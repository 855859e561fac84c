import type { FunctionDefinition } from '@parallel-lambda/local-lambda';
import { describe } from 'vitest';

import { builtFunctions } from './built-functions.ts';
import { runtimeUnderTest } from './runtime-under-test.ts';

/**
 * Describes the behavior of built functions, one after another, on the runtime client under test. Where that is not
 * installed the tests are skipped, and their title has the reason.
 *
 * @param body the tests of one function
 * @param which the functions to test. @default every function of the assembly
 */
export function describeFunctions(
  body: (definition: FunctionDefinition) => void,
  which: (definition: FunctionDefinition) => boolean = () => true,
): void {
  const { name: runtime, installed } = runtimeUnderTest;
  for (const definition of builtFunctions.filter(which)) {
    const title = `${definition.name} on ${runtime}`;
    describe.skipIf(!installed)(installed ? title : `${title}, which is not installed`, () => {
      body(definition);
    });
  }
}
