import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { LocalFunctionOptions } from '../src/index.ts';

interface RuntimeUnderTest {
  readonly name: string;
  readonly options: LocalFunctionOptions;
  readonly skip: boolean;
}

const ricFolder = process.env.RIC_FOLDER;

/**
 * The runtime clients that the same tests run on. AWS's own is there where it has been installed, in the
 * workspace or in the folder that `RIC_FOLDER` names.
 */
export const runtimes: readonly RuntimeUnderTest[] = [
  { name: 'our own runtime client', options: {}, skip: false },
  isRicInstalled()
    ? { name: "AWS's runtime client", options: { runtime: 'aws', ricFolder }, skip: false }
    : { name: "AWS's runtime client (skipped: aws-lambda-ric is not installed)", options: {}, skip: true },
];

function isRicInstalled(): boolean {
  if (ricFolder !== undefined) return existsSync(ricFolder);
  try {
    createRequire(import.meta.url).resolve('aws-lambda-ric');
    return true;
  } catch {
    return false;
  }
}
