import { type FunctionOptions, LocalFunction, localFunctionOptions } from '@parallel-lambda/local-lambda';
import { findFunction, type Assembly } from '@parallel-lambda/local-stack';

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
      ...asBought,
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

/** Functions get the CPU time and the memory that their memory size buys, as far as this machine can hold them to it. */
const asBought = { limits: true, oversubscribe: true } as const;

/**
 * What of a memory size this machine can hold functions to.
 *
 * @param memoryMb that size
 */
export async function enforcement(
  { functions: [definition] }: Assembly,
  settings: FunctionOptions,
  memoryMb: number,
): Promise<{ readonly cpu: boolean; readonly memory: boolean }> {
  if (!definition) return { cpu: false, memory: false };
  await using local = new LocalFunction(
    definition,
    localFunctionOptions({ ...settings, ...asBought, memory: memoryMb }),
  );
  const { cpu, memory } = local.limits;
  return { cpu: cpu.enforced, memory: memory.enforced };
}
