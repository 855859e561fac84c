import path from 'node:path';

import {
  findFunction,
  LocalFunction,
  type Assembly,
  type FunctionDefinition,
} from '@parallel-lambda/local-lambda';

import type { Competitor } from './cases.ts';

const peers = path.resolve(import.meta.dirname, '../dist');

/**
 * A local function for a competitor. A peer is run with the very settings of our functions.
 *
 * @param memoryMb of all, so that none has more of the machine
 */
export function start(
  assembly: Assembly,
  { function: name, environment }: Competitor,
  memoryMb: number,
): LocalFunction {
  return new LocalFunction(definitionOf(assembly, name), { overrides: { memoryMb, environment } });
}

function definitionOf(assembly: Assembly, name: string): FunctionDefinition {
  if (assembly.functions.some((candidate) => candidate.name === name)) return findFunction(assembly, name);
  return { ...findFunction(assembly, 'promises'), name, codeFolder: path.join(peers, name) };
}
