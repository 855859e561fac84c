import path from 'node:path';

import { type FunctionDefinition } from '@parallel-lambda/local-lambda';
import { readAssembly } from '@parallel-lambda/local-stack';

const assembly = await readAssembly(path.resolve(import.meta.dirname, '../../../infra/cdk.out'));

/** Every function as deployed: its build, with the settings of the template. */
export const builtFunctions: readonly FunctionDefinition[] = assembly.functions;
