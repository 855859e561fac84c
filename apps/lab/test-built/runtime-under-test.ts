import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { LocalFunctionOptions, Runtime } from '@parallel-lambda/local-lambda';

const runtimes = { own: 'our own runtime client', aws: "AWS's runtime client" } as const;
const ricFolder = process.env.RIC_FOLDER;
const runtime = readRuntime(process.env.LAMBDA_RUNTIME ?? 'own');

/**
 * The runtime client that the functions run on: our own, or with `LAMBDA_RUNTIME=aws` AWS's, from the workspace or
 * the folder that `RIC_FOLDER` names.
 */
export const runtimeUnderTest: {
  readonly name: string;
  readonly options: LocalFunctionOptions;
  readonly installed: boolean;
} = {
  name: runtimes[runtime],
  options: { runtime, ricFolder },
  installed: runtime === 'own' || isRicInstalled(),
};

function readRuntime(wish: string): Runtime {
  if (wish === 'own' || wish === 'aws') return wish;
  throw new Error(`LAMBDA_RUNTIME must be own or aws, not ${wish}`);
}

function isRicInstalled(): boolean {
  if (ricFolder !== undefined) return existsSync(ricFolder);
  try {
    createRequire(import.meta.url).resolve('aws-lambda-ric');
    return true;
  } catch {
    return false;
  }
}
