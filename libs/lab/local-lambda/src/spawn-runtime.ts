import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Duplex, Readable } from 'node:stream';

import type { EnvironmentFolder } from './environment-folder.ts';
import { environmentVariables } from './environment-variables.ts';
import { strictModule } from './strict/leak-finder.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { isolate, isolation, nodeInstallation } from './sandbox/isolation.ts';
import { layout, preparePrivateRoot, type PrivateRoot } from './sandbox/private-root.ts';

/** A function's process, and what it writes. */
export interface RuntimeProcess {
  readonly child: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The runtime's log, in frames. */
  readonly log: Readable;
  /** To what is injected in strict mode, and only then. */
  readonly strict: Duplex | undefined;
  /** Lets the runtime begin, where it had to wait until this process was ready for it. */
  readonly begin: () => void;
}

/** What a function's process is started with. */
export interface RuntimeSettings {
  /** As it is to be run. */
  readonly definition: FunctionDefinition;
  /** The runtime's main module. */
  readonly client: string;
  /** Host and port of the Runtime API. */
  readonly runtimeApi: string;
  readonly folder: EnvironmentFolder;
  /** How many invocations it works on at one time, on Managed Instances. */
  readonly maxConcurrency: number | undefined;
  /** Whether it is watched for what it leaves running. */
  readonly strict: boolean;
}

/** The paths of what a function's process is started with, as it sees them. */
export interface RuntimePaths {
  /** The program of Node.js. */
  readonly node: string;
  readonly client: string;
  readonly strict: string;
  readonly task: string;
  /** Absent where that is `/tmp`. */
  readonly tmp?: string;
}

/**
 * Starts a function's process: the one place where it is decided what it is given of this machine.
 *
 * @returns settles when all is prepared for the runtime, which begins as soon as it is let
 */
export async function spawnRuntime(settings: RuntimeSettings): Promise<RuntimeProcess> {
  const { memoryMb } = settings.definition;
  const { isolated } = isolation();
  const paths = isolated ? isolatedPaths(settings) : pathsHere(settings);
  // What the managed runtime starts Node with: the memory size bounds the heap.
  const flags = [
    '--expose-gc',
    `--max-semi-space-size=${Math.floor((memoryMb * 5) / 100)}`,
    `--max-old-space-size=${Math.floor((memoryMb * 90) / 100)}`,
  ];
  if (settings.strict) flags.push('--require', paths.strict);
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe', ...(settings.strict ? ['pipe' as const] : [])] as const;
  const runtime = { file: paths.node, args: [...flags, paths.client] };
  const { file, args } = isolated ? isolate(runtime, privateRoot(settings), stdio.length) : runtime;
  const child = spawn(file, args, {
    cwd: isolated ? '/' : paths.task,
    env: environmentVariables(settings, paths),
    stdio: [...stdio, ...(isolated ? (['pipe'] as const) : [])],
    // A process group of its own, so that what it starts can be ended with it.
    detached: true,
  });
  const [, stdout, stderr, log, strict] = child.stdio as unknown as Streams;
  const streams = { child, stdout, stderr, log, strict: settings.strict ? strict : undefined };
  if (!isolated) return { ...streams, begin: () => undefined };
  const gate = child.stdio[stdio.length] as Duplex;
  await prepared(child, gate);
  return {
    ...streams,
    begin: () => {
      gate.on('error', () => undefined).end('\n');
    },
  };
}

function pathsHere({ definition, client, folder }: RuntimeSettings): RuntimePaths {
  const { codeFolder: task } = definition;
  return { node: process.execPath, client, strict: strictModule, task, tmp: folder.tmp };
}

function isolatedPaths({ client }: RuntimeSettings): RuntimePaths {
  return {
    node: nodeInstallation().program,
    client: path.join(layout.runtime, path.basename(client)),
    strict: path.join(layout.strict, path.basename(strictModule)),
    task: layout.task,
  };
}

function privateRoot({ definition, client, folder, strict }: RuntimeSettings): PrivateRoot {
  return preparePrivateRoot(folder.path, {
    node: nodeInstallation().folder,
    runtime: path.dirname(client),
    strict: strict ? path.dirname(strictModule) : undefined,
    task: definition.codeFolder,
    tmp: folder.tmp,
  });
}

type Streams = readonly [null, Readable, Readable, Readable, Duplex?];

/** Settles also when it ended instead, which whoever waits for the runtime is told by its exit. */
async function prepared(child: ChildProcess, gate: Duplex): Promise<void> {
  const exited = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
  await Promise.race([once(gate, 'data'), exited]);
}
