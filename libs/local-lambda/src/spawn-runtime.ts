import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

import { environmentVariables } from './environment-variables.ts';
import type { FunctionDefinition } from './assembly/function-definition.ts';

/** A function's process, and what it writes. */
export interface RuntimeProcess {
  readonly child: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The runtime's log, in frames. */
  readonly log: Readable;
}

/**
 * Starts a function's process: the one place where it is decided what it is given of this machine.
 *
 * @param definition as it is to be run
 * @param client the runtime's main module
 * @param runtimeApi host and port
 */
export function spawnRuntime(
  definition: FunctionDefinition,
  client: string,
  runtimeApi: string,
): RuntimeProcess {
  const { memoryMb, codeFolder } = definition;
  // What the managed runtime starts Node with: the memory size bounds the heap.
  const flags = [
    '--expose-gc',
    `--max-semi-space-size=${Math.floor((memoryMb * 5) / 100)}`,
    `--max-old-space-size=${Math.floor((memoryMb * 90) / 100)}`,
  ];
  const child = spawn(process.execPath, [...flags, client], {
    cwd: codeFolder,
    env: environmentVariables(definition, runtimeApi, client),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A process group of its own, so that what it starts can be ended with it.
    detached: true,
  });
  const [, stdout, stderr, log] = child.stdio as unknown as readonly [null, Readable, Readable, Readable];
  return { child, stdout, stderr, log };
}
