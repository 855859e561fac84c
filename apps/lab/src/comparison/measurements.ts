import type { Architecture } from '@parallel-lambda/report';

/** How a batch was worked on. */
export interface Way {
  /** As the table calls it. */
  readonly name: string;
  /** The function of the assembly. */
  readonly function: string;
  /** What overrides its number of workers. */
  readonly workers?: number;
}

/** One invocation. */
export interface Sample {
  readonly workload: string;
  readonly way: string;
  readonly messages: number;
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly maxMemoryUsedMb: number;
}

/** What a comparison measured, as `--json` keeps it. */
export interface Measurements {
  readonly format: 1;
  readonly takenAt: string;
  readonly node: string;
  readonly machine: { readonly platform: string; readonly cpu: string; readonly cpus: number };
  readonly runtime: 'own' | 'aws';
  readonly memoryMb: number;
  readonly architecture: Architecture;
  readonly runs: number;
  readonly samples: readonly Sample[];
}

/** The way that every other is compared with. */
export const oneByOne: Way = { name: 'one by one', function: 'promises', workers: 1 };
