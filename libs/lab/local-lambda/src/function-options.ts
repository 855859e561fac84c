import type { LocalFunctionOptions } from './local-function.ts';
import type { Runtime } from './runtime-client.ts';

/** Settings of a function that override those of its template, and how it runs. */
export interface FunctionOptions {
  /** Messages in flight, from 1 to 10,000, or `adaptive`: the environment variable `WORKERS`. @default the function's own */
  readonly workers?: number | 'adaptive';
  /** Threads, from 1 to 64: the environment variable `THREADS`. @default the function's own */
  readonly threads?: number;
  /** Environment variables of the function, by name. @default the template's */
  readonly env?: Readonly<Record<string, string>>;
  /** More of them, from a file. Those of `env` override them. @default none */
  readonly envFile?: Readonly<Record<string, string>>;
  /** MB, from 128 to 10,240; on Managed Instances 2,048 to 32,768. @default the template's */
  readonly memory?: number;
  /** Seconds, from 1 to 900; on Managed Instances to 5,400. @default the template's */
  readonly timeout?: number;
  readonly runtime: Runtime;
  /** Fail an invocation that leaves something running. @default false */
  readonly strict?: boolean;
  /** Enforce the CPU time and memory of the memory size. @default false */
  readonly limits?: boolean;
  /** Enforce them even if the memory size has more vCPUs than this machine has. @default false */
  readonly oversubscribe?: boolean;
}

/** Returns the options in the form that `LocalFunction` takes. */
export function localFunctionOptions(options: FunctionOptions): LocalFunctionOptions {
  const { workers, threads, env, envFile, memory, timeout, runtime, strict, limits, oversubscribe } = options;
  return {
    runtime,
    ...(strict && { strict }),
    ...(limits && { limits: 'enforced', oversubscribe }),
    overrides: {
      memoryMb: memory,
      timeoutSeconds: timeout,
      environment: {
        ...envFile,
        ...env,
        ...(workers !== undefined && { WORKERS: String(workers) }),
        ...(threads !== undefined && { THREADS: String(threads) }),
      },
    },
  };
}
