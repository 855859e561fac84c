import { availableParallelism, cpus, totalmem } from 'node:os';

import {
  describeFolder,
  type FunctionOptions,
  LocalFunction,
  localFunctionOptions,
  mbPerVcpu,
} from '@parallel-lambda/local-lambda';
import { findFunction, type Assembly } from '@parallel-lambda/local-stack';
import type { Machine } from '@parallel-lambda/report';

import type { MeasuredFunctions } from './measured-functions.ts';
import { recordTimeline } from './record-timeline.ts';
import { runTrials } from './run-trials.ts';
import type { OpenFunction } from './trial.ts';
import { readKnobs } from './tune/knobs.ts';

/** Options for functions that are measured on this machine. */
export interface LocalOptions extends Pick<
  FunctionOptions,
  'memory' | 'timeout' | 'runtime' | 'env' | 'envFile'
> {
  /** The present memory size and batch size of each function, by name. @default unknown */
  readonly present?: ReadonlyMap<string, PresentSetting>;
}

/** The memory size and the batch size that a function has now. */
export interface PresentSetting {
  /** MB. */
  readonly memory: number;
  /** Messages per batch. */
  readonly batch?: number | undefined;
}

/** Enforces the CPU time and memory of the memory size, as far as this machine can. */
const enforced = { limits: true, oversubscribe: true } as const;

/** Returns the functions of an assembly, set up as in its template unless the options say otherwise. */
export async function localFunctions(assembly: Assembly, options: LocalOptions): Promise<MeasuredFunctions> {
  const settings = assembly.functions.map(({ name, memoryMb }) => ({
    function: name,
    memoryMb: options.memory ?? memoryMb,
  }));
  const present = [...(options.present ?? [])].map(([name, { memory, batch }]) => ({
    setting: { function: name, memoryMb: memory },
    messages: batch,
  }));
  return {
    settings,
    present,
    reads: (name) => readKnobs(findFunction(assembly, name).codeFolder),
    open: openFunction(assembly, options),
    run: runTrials,
    circumstances: {
      machine: thisMachine(),
      runtime: options.runtime,
      enforced: await enforcement(assembly, options),
      architecture: assembly.functions[0]?.architecture ?? 'arm64',
    },
    recordTimeline: (setting, batch) =>
      recordTimeline(openFunction(assembly, options, { TIMELINE: 'on' }), setting, batch),
    changed: () => [],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/**
 * Describes a built function outside of this workspace as an assembly with one function.
 *
 * @param folder as it would be uploaded
 * @param handler file and export, such as `index.handler`
 * @throws {LabError} `usage`, if there is no such file
 */
export function folderAsAssembly(folder: string, handler?: string): Assembly {
  // Priced like the three functions, on any machine.
  const definition = { ...describeFolder(folder, { handler, timeout: 60 }), architecture: 'arm64' } as const;
  return { folder: definition.codeFolder, functions: [definition], skipped: [] };
}

/** @param variables are added to the environment variables of every function */
function openFunction(
  assembly: Assembly,
  options: LocalOptions,
  variables: Readonly<Record<string, string>> = {},
): OpenFunction {
  return ({ function: name, memoryMb: memory, workers, threads, variables: varied }) => {
    const { overrides, ...local } = localFunctionOptions({
      ...options,
      ...enforced,
      memory,
      ...(workers !== undefined && { workers }),
      ...(threads !== undefined && { threads }),
    });
    const environment = { ...overrides?.environment, ...varied, ...variables };
    return Promise.resolve(
      new LocalFunction(findFunction(assembly, name), { ...local, overrides: { ...overrides, environment } }),
    );
  };
}

async function enforcement(
  { functions: [definition] }: Assembly,
  options: LocalOptions,
): Promise<MeasuredFunctions['circumstances']['enforced']> {
  if (!definition) return { cpu: false, memory: false };
  const settings = { ...options, ...enforced, memory: options.memory ?? mbPerVcpu };
  await using local = new LocalFunction(definition, localFunctionOptions(settings));
  const { cpu, memory } = local.limits;
  return { cpu: cpu.enforced, memory: memory.enforced };
}

function thisMachine(): Machine {
  return {
    platform: process.platform,
    cpu: cpus()[0]?.model ?? '',
    cpus: availableParallelism(),
    memoryMb: Math.round(totalmem() / 1024 / 1024),
  };
}
