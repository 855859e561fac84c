import { findFunction, LocalFunction, type Assembly } from '@parallel-lambda/local-lambda';

import { localFunctionOptions, type FunctionOptions } from '../options.ts';
import type { OpenFunction } from './trial.ts';

/**
 * Opens functions of an assembly on this machine.
 *
 * @param variables what every function gets besides its own environment variables
 */
export function openLocally(
  assembly: Assembly,
  settings: FunctionOptions,
  variables: Readonly<Record<string, string>> = {},
): OpenFunction {
  return ({ function: name, memoryMb, workers, threads }) => {
    const { overrides, ...options } = localFunctionOptions({
      ...settings,
      memory: memoryMb,
      ...(workers !== undefined && { workers }),
      ...(threads !== undefined && { threads }),
    });
    const environment = { ...overrides?.environment, ...variables };
    const definition = findFunction(assembly, name);
    return Promise.resolve(
      new LocalFunction(definition, { ...options, overrides: { ...overrides, environment } }),
    );
  };
}
