import path from 'node:path';

import { checkAssembly, findFunction, readAssembly, type Assembly } from '@parallel-lambda/local-stack';
import { baselineVariant, type Setting } from '@parallel-lambda/report';

/** A function and its setting, as the tables name it. */
export interface Variant {
  readonly name: string;
  readonly function: string;
  readonly setting?: Pick<Setting, 'workers' | 'threads'>;
}

/** MB of every function: two vCPUs. */
export const memoryMb = 3538;

export const promises = variant('promises');
export const threads = variant('worker-threads');
export const fibers = variant('effect-fibers');
export const techniques = [promises, threads, fibers];

export const sequential: Variant = { name: baselineVariant, function: 'promises', setting: { workers: 1 } };
/** Returns immediately: the cost of the runtime and the event. */
export const empty: Variant = { name: 'empty handler', function: 'empty' };

/** A loop of promises without a deadline, order or checks. */
export const byHand: Variant = { name: 'by hand', function: 'by-hand' };
/** Two threads that get half of the batch each, without a deadline, order or checks. */
export const threadsByHand: Variant = { name: 'threads by hand', function: 'threads-by-hand' };

export const sample = variant('sample');
export const powertools = variant('powertools');
export const pMap = variant('p-map');
export const effect = variant('effect');

/** Thread pools with one task per message. */
export const pools = [variant('tinypool'), variant('piscina')];
/** The same pools with 50 tasks per thread at a time, for messages that wait. */
export const sharingPools = [variant('tinypool, 50 per thread'), variant('piscina, 50 per thread')];

const peers = ['empty', 'by-hand', 'threads-by-hand', 'sample', 'powertools', 'p-map', 'effect'];

export const workspace = path.resolve(import.meta.dirname, '../../..');

/**
 * Returns the functions of the stack and the peers, which have the settings of `promises`.
 *
 * @throws {LabError} if the stack or the peers are not built
 */
export async function readFunctions(): Promise<Assembly> {
  await checkAssembly(workspace);
  const assembly = await readAssembly(path.join(workspace, 'infra/cdk.out'));
  const promisesFunction = findFunction(assembly, promises.function);
  const peer = (name: string, folder = name, environment = {}) => ({
    ...promisesFunction,
    name,
    codeFolder: path.join(import.meta.dirname, '../dist', folder),
    environment: { ...promisesFunction.environment, ...environment },
  });
  const sharing = ['tinypool', 'piscina'].flatMap((name) => [
    peer(name),
    peer(`${name}, 50 per thread`, name, { TASKS_PER_THREAD: '50' }),
  ]);
  return { ...assembly, functions: [...assembly.functions, ...peers.map((name) => peer(name)), ...sharing] };
}

function variant(name: string): Variant {
  return { name, function: name };
}
