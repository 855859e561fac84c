import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { environmentVariables } from './environment-variables.ts';
import { findNode } from './find-node.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { LabError } from './lab-error.ts';
import { execWrapper, layersFolder } from './layers.ts';
import { preloaded, runtimeFolder } from './runtime-client.ts';
import { findRuntimeModules } from './runtime-modules.ts';
import type { RuntimePaths, RuntimeSettings } from './runtime-settings.ts';
import { isolate, isolation, nodeInstallation } from './sandbox/isolation.ts';
import { layout, preparePrivateRoot, type PrivateRoot } from './sandbox/private-root.ts';

/** A function's process, and its output. */
export interface RuntimeProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The runtime's log, in frames. */
  readonly log: Readable;
  /** Connection to the module of strict mode. */
  readonly strict: Duplex | undefined;
  /** Starts the runtime, if it had to wait until this process was ready. */
  readonly begin: () => void;
  /** Closes the connections to the process. */
  readonly close: () => void;
}

/**
 * Starts a function's process: this alone decides which parts of this machine it can use.
 *
 * @returns settles when all is prepared for the runtime, which begins as soon as it is let
 * @throws {LabError} `failure`, when the process cannot be started
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
  flags.push(...disabledFeatures(settings.definition));
  for (const module of modulesBefore(settings)) flags.push('--require', path.join(paths.preload, module));
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe', ...(settings.strict ? ['pipe' as const] : [])] as const;
  const wrapper = isolated ? execWrapper(settings.definition) : undefined;
  const [program = paths.node, ...before] = wrapper === undefined ? [] : [wrapper, paths.node];
  const runtime = { file: program, args: [...before, ...flags, paths.client] };
  const { file, args } = isolated ? isolate(runtime, privateRoot(settings), stdio.length) : runtime;
  const child = spawn(file, args, {
    cwd: isolated ? '/' : paths.task,
    env: environmentVariables(settings, paths),
    stdio: [...stdio, ...(isolated ? (['pipe'] as const) : [])],
    // A separate process group, so that its children can be ended with it.
    detached: true,
  });
  if (child.pid === undefined) throw await spawnError(child, settings);
  const [, stdout, stderr, log, fourth, fifth] = child.stdio as unknown as Streams;
  const [strict, gate] = settings.strict ? [fourth, fifth] : [undefined, fourth];
  const close = (): void => {
    for (const stream of [stdout, stderr, log, strict, gate]) stream?.destroy();
  };
  const process = { child, pid: child.pid, stdout, stderr, log, strict, close };
  if (!gate) return { ...process, begin: () => undefined };
  try {
    await prepared(process, gate, settings);
  } catch (error) {
    close();
    throw error;
  }
  return {
    ...process,
    begin: () => {
      gate.on('error', () => undefined).end('\n');
    },
  };
}

/**
 * Returns the flags for the features that Lambda disables in a runtime, unless the function's `NODE_OPTIONS` enable it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
function disabledFeatures({ runtime, environment }: FunctionDefinition): readonly string[] {
  const features = { 'nodejs20.x': ['require-module'], 'nodejs22.x': ['require-module', 'detect-module'] }[
    runtime
  ];
  return (features ?? [])
    .filter((feature) => !environment.NODE_OPTIONS?.includes(`--experimental-${feature}`))
    .map((feature) => `--no-experimental-${feature}`);
}

/** Returns the modules that are required first. The observer is last, and so redirects before an address is checked. */
function modulesBefore({ observer, aws, strict }: RuntimeSettings): readonly string[] {
  return [
    preloaded.metadata,
    ...(aws === undefined ? [] : [preloaded.aws]),
    ...(observer === undefined ? [] : [preloaded.observer]),
    ...(strict ? [preloaded.strict] : []),
  ];
}

function pathsHere({ definition, client, folder }: RuntimeSettings): RuntimePaths {
  const { codeFolder: task } = definition;
  return { node: nodeOf(definition), client, preload: runtimeFolder, task, tmp: folder.tmp };
}

/** The program of the function's own Node.js version, or else of this process. */
function nodeOf({ runtime }: FunctionDefinition): string {
  return findNode(runtime) ?? process.execPath;
}

function isolatedPaths({ definition, client }: RuntimeSettings): RuntimePaths {
  return {
    node: nodeInstallation(nodeOf(definition)).program,
    client: path.join(layout.runtime, path.basename(client)),
    preload: layout.preload,
    task: layout.task,
  };
}

function privateRoot({ definition, client, folder }: RuntimeSettings): PrivateRoot {
  return preparePrivateRoot(folder.path, {
    node: nodeInstallation(nodeOf(definition)).folder,
    runtime: path.dirname(client),
    preload: runtimeFolder,
    task: definition.codeFolder,
    layers: layersFolder(definition.layers ?? []),
    tmp: folder.tmp,
    modules: findRuntimeModules(definition.codeFolder, definition.layerScopes),
  });
}

type Streams = readonly [null, Readable, Readable, Readable, Duplex?, Duplex?];

/** Settles when the process waits at the gate. */
async function prepared(
  { child, stderr }: Pick<RuntimeProcess, 'child' | 'stderr'>,
  gate: Duplex,
  { definition }: RuntimeSettings,
): Promise<void> {
  const waits = once(gate, 'data').then(() => true);
  const ended = once(child, 'exit').then(() => false);
  if (await Promise.race([waits, ended])) return;
  throw cannotStart(definition, (await text(stderr)).trim());
}

async function spawnError(child: ChildProcess, { definition }: RuntimeSettings): Promise<LabError> {
  const [cause] = (await once(child, 'error')) as [Error];
  return cannotStart(definition, cause.message, { cause });
}

function cannotStart(
  { name, codeFolder }: FunctionDefinition,
  why: string,
  options?: ErrorOptions,
): LabError {
  return new LabError('failure', `${name} in ${codeFolder} cannot be started: ${why}`, options);
}
