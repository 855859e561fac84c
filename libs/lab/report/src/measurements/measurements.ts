import type { Architecture } from '../prices-of.ts';

/** The version of the format of stored measurements; other versions are not read. */
export const format = 4;

/** Settings of a function. */
export interface Setting {
  /** Its name in the assembly: a technique's. */
  readonly function: string;
  readonly memoryMb: number;
  /** Maximum number of messages in flight, or `adaptive`: the function finds it. @default that of the function */
  readonly workers?: number | 'adaptive';
  /** @default one per vCPU of the memory size */
  readonly threads?: number;
  /** Environment variables that are varied, by name. @default the function's own */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Event source of messages. */
export type SourceName = 'sqs' | 'sqs-fifo' | 'kinesis' | 'dynamodb' | 'kafka' | 'self-managed-kafka';

/** A kind of message. */
export interface Workload {
  readonly name: string;
  /** Body of each message, as JSON. Absent for messages of the user, which are not stored. */
  readonly body?: unknown;
  /** @default unknown */
  readonly source?: SourceName;
  /** True if EventBridge Pipes sends the messages. */
  readonly piped?: boolean;
  /** Explanation of the result, valid for every measurement of this kind. */
  readonly reason?: string;
  /** The service behind the function, in words. @default whatever the messages call */
  readonly downstream?: string;
  /** Computed duration of a sequential batch, in milliseconds. Absent if the baseline is measured. */
  readonly sequentialMs?: number;
}

/** A variant with a workload's batch, measured several times. */
export interface Series {
  readonly id: string;
  readonly workload: string;
  /** Name in tables: the technique, or {@link baselineVariant}. */
  readonly variant: string;
  readonly setting: Setting;
  /** Messages in the batch. */
  readonly messages: number;
  /** True if each sample is the first invocation of an environment, with INIT. */
  readonly cold: boolean;
}

/** One invocation. */
export interface Sample {
  /** Its series' id. */
  readonly series: string;
  readonly durationMs: number;
  /** Whole milliseconds, INIT among them where there was one. */
  readonly billedDurationMs: number;
  readonly initDurationMs?: number;
  /** CPU time of all CPUs; absent if unknown, as for deployed functions. */
  readonly cpuTimeMs?: number;
  readonly maxMemoryUsedMb?: number;
  /** Number of messages that did not succeed. */
  readonly failed: number;
  /** Reason for the missing response. */
  readonly error?: string;
  /** The first error that was logged, if there is a response and messages failed. */
  readonly reason?: string;
}

/** A step of a message, as a timeline shows it. */
export interface TimelineSpan {
  /** Its place in the batch, from 0. */
  readonly message: number;
  /** 0 is the main thread. */
  readonly thread: number;
  readonly nature: 'waits' | 'computes' | 'libuv';
  /** Milliseconds since the batch's first step began. */
  readonly from: number;
  readonly to: number;
}

/** One batch, step by step. */
export interface Timeline {
  readonly variant: string;
  readonly setting: Setting;
  readonly messages: number;
  readonly body: unknown;
  readonly spans: readonly TimelineSpan[];
}

/** Other load on the machine during the run. */
export interface Noise {
  /** Duration of a fixed loop before each sample. */
  readonly calibrationsMs: readonly number[];
  /** Processes that wanted to run, a minute's mean, before the first sample. */
  readonly loadAverage: number;
  /** The share of time in which a hypervisor let others run, from 0 to 1, if it is known. */
  readonly steal?: number;
}

/** Machine of the measurement. */
export interface Machine {
  readonly platform: string;
  readonly cpu: string;
  readonly cpus: number;
  readonly memoryMb?: number;
}

/** Measurements, as they are stored in a file. */
export interface Measurements {
  readonly format: typeof format;
  /** Purpose: a comparison of techniques, or of settings. */
  readonly purpose: 'compare' | 'tune';
  readonly takenAt: string;
  readonly node: string;
  /** The commit that was measured, if it is known; `-dirty` if files were changed. */
  readonly commit?: string;
  /** Absent where deployed functions were measured. */
  readonly machine?: Machine;
  /** Runtime client, or `deployed`. */
  readonly runtime: 'own' | 'aws' | 'deployed';
  /** Enforced limits of the memory size: its share of CPU, its memory. */
  readonly enforced: { readonly cpu: boolean; readonly memory: boolean };
  readonly architecture: Architecture;
  readonly region: string;
  /** Folder or name of a user's own function. Absent where the functions of this workspace were measured. */
  readonly folder?: string;
  /** The longest that a message may take, where that was asked for. */
  readonly p99Ms?: number;
  /** Ids of the series with the setting that each function has now, if it is known. */
  readonly present?: readonly string[];
  readonly workloads: readonly Workload[];
  readonly series: readonly Series[];
  readonly samples: readonly Sample[];
  readonly timelines: readonly Timeline[];
  readonly noise: Noise;
}

/** The baseline that every variant is compared with: one message after another. */
export const baselineVariant = 'sequential';
