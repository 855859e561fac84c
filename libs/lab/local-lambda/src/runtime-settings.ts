import type { EnvironmentFolder } from './environment-folder.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Options for starting an environment. */
export interface EnvironmentSettings {
  /** The definition with its overrides. */
  readonly definition: FunctionDefinition;
  /** Variables that Lambda itself sets. */
  readonly variables: Readonly<Record<string, string>>;
  /** The runtime's main module. */
  readonly client: string;
  /** True if CPU time and memory are limited to those of the memory size. */
  readonly limited: boolean;
  /** True if the lab looks for what an invocation leaves running. */
  readonly strict: boolean;
  /** Host and port of the service that observes the function. @default none */
  readonly observer: string | undefined;
  /** URL to which requests to AWS are redirected. @default none */
  readonly aws: string | undefined;
  /** Maximum concurrent invocations, as on Managed Instances. @default one, and the environment is frozen between them */
  readonly maxConcurrency: number | undefined;
}

/** Options for starting the process of a function. */
export interface RuntimeSettings extends EnvironmentSettings {
  /** Host and port of the Runtime API. */
  readonly runtimeApi: string;
  readonly folder: EnvironmentFolder;
}

/** The paths of the files that start a function's process, as the process sees them. */
export interface RuntimePaths {
  /** The program of Node.js. */
  readonly node: string;
  readonly client: string;
  /** Folder of the modules that are required before the client. */
  readonly preload: string;
  readonly task: string;
  /** Absent where that is `/tmp`. */
  readonly tmp?: string;
}
