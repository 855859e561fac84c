import path from 'node:path';

import { LocalFunction, type FunctionDefinition } from '@parallel-lambda/local-lambda';
import { findFunction, type Assembly } from '@parallel-lambda/local-stack';

import type { Competitor } from './case.ts';

const peersFolder = path.resolve(import.meta.dirname, '../dist');

export const promises = ours('promises');
export const threads = ours('worker-threads');
export const fibers = ours('effect-fibers');

/** The yardstick: the promises function with one worker. */
export const oneByOne: Competitor = { ...ours('promises', { WORKERS: '1' }), name: 'one by one' };

/** What the runtime and the event cost by themselves. */
export const empty: Competitor = { name: 'empty handler', function: 'empty' };
/** What Node itself takes to start two threads. */
export const bareThreads: Competitor = { name: 'bare threads', function: 'bare-threads' };

/** The least that a loop of promises can do, written by hand. */
export const byHand: Competitor = { name: 'by hand', function: 'by-hand' };
/** The least that two threads can do, written by hand: each gets half of the batch. */
export const threadsByHand: Competitor = { name: 'threads by hand', function: 'threads-by-hand' };
/** The same where messages differ and it is known beforehand how: the best schedule, by hindsight. */
export const threadsByHindsight: Competitor = {
  name: 'threads by hindsight',
  function: 'threads-by-hindsight',
};

export const sample = peer('sample');
export const powertools = peer('powertools');
export const pMap = peer('p-map');
export const pLimit = peer('p-limit');
export const effect = peer('effect');

/** Pools of threads, a message a task. */
export const pools = [peer('tinypool'), peer('piscina'), peer('workerpool')];
/** The two pools that can hand a thread several tasks at a time: what messages need that wait. */
export const sharingPools = ['tinypool', 'piscina'].map((name): Competitor => ({
  ...peer(name),
  name: `${name}, 50 a thread`,
  environment: { TASKS_PER_THREAD: '50' },
}));

/** One of our functions. */
export function ours(name: string, environment: Readonly<Record<string, string>> = {}): Competitor {
  return { name, function: name, environment };
}

function peer(name: string): Competitor {
  return { name, function: name, peer: true };
}

/**
 * The competitor on Managed Instances, whose process works on several batches at a time.
 *
 * @param runtimeThreads in which the runtime loads the handler; AWS's own number is 8 a vCPU
 */
export function managed(competitor: Competitor, atATime: number, runtimeThreads = 1): Competitor {
  const how = atATime === 1 ? 'one after another' : `${atATime} at a time`;
  const where = runtimeThreads === 1 ? '' : `, ${runtimeThreads} runtime threads`;
  return {
    ...competitor,
    name: `${competitor.name}, ${how}${where}`,
    environment: { ...competitor.environment, AWS_LAMBDA_NODEJS_WORKER_COUNT: String(runtimeThreads) },
    atATime,
  };
}

/**
 * A local function for a competitor. A peer is run with the very settings of our functions.
 *
 * @param memoryMb of all, so that none has more of the machine
 * @throws {LabError} `runtime`, when it needs AWS's runtime client and that is not installed
 */
export function start(assembly: Assembly, competitor: Competitor, memoryMb: number): LocalFunction {
  const { function: name, environment, atATime } = competitor;
  return new LocalFunction(definitionOf(assembly, name), {
    overrides: { memoryMb: competitor.memoryMb ?? memoryMb, environment },
    ...(atATime !== undefined && {
      runtime: 'aws',
      ricFolder: process.env.RIC_FOLDER,
      maxConcurrency: atATime,
    }),
  });
}

function definitionOf(assembly: Assembly, name: string): FunctionDefinition {
  if (assembly.functions.some((candidate) => candidate.name === name)) return findFunction(assembly, name);
  return { ...findFunction(assembly, 'promises'), name, codeFolder: path.join(peersFolder, name) };
}
