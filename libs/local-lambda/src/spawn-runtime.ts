import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';

import { environmentVariables } from './environment-variables.ts';
import { strictModule } from './strict/leak-finder.ts';
import type { FunctionDefinition } from './assembly/function-definition.ts';

/** A function's process, and what it writes. */
export interface RuntimeProcess {
  readonly child: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The runtime's log, in frames. */
  readonly log: Readable;
  /** To what is injected in strict mode, and only then. */
  readonly strict: Duplex | undefined;
}

/** What a function's process is started with. */
export interface RuntimeSettings {
  /** As it is to be run. */
  readonly definition: FunctionDefinition;
  /** The runtime's main module. */
  readonly client: string;
  /** Host and port of the Runtime API. */
  readonly runtimeApi: string;
  /** A folder of its own for what it writes. */
  readonly tmp: string;
  /** How many invocations it works on at one time, on Managed Instances. */
  readonly maxConcurrency: number | undefined;
  /** Whether it is watched for what it leaves running. */
  readonly strict: boolean;
}

/** Starts a function's process: the one place where it is decided what it is given of this machine. */
export function spawnRuntime(settings: RuntimeSettings): RuntimeProcess {
  const { memoryMb, codeFolder } = settings.definition;
  // What the managed runtime starts Node with: the memory size bounds the heap.
  const flags = [
    '--expose-gc',
    `--max-semi-space-size=${Math.floor((memoryMb * 5) / 100)}`,
    `--max-old-space-size=${Math.floor((memoryMb * 90) / 100)}`,
  ];
  if (settings.strict) flags.push('--require', strictModule);
  const child = spawn(process.execPath, [...flags, settings.client], {
    cwd: codeFolder,
    env: environmentVariables(settings),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...(settings.strict ? (['pipe'] as const) : [])],
    // A process group of its own, so that what it starts can be ended with it.
    detached: true,
  });
  type Streams = readonly [null, Readable, Readable, Readable, Duplex?];
  const [, stdout, stderr, log, strict] = child.stdio as unknown as Streams;
  return { child, stdout, stderr, log, strict };
}
