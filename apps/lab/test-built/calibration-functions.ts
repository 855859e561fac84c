import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';

/** The variables that the functions of the calibration read. */
export const calibrationVariables = {
  SERVICE_URL: 'https://orders.test',
  QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/next',
};

/** Builds the functions of the calibration as they would be deployed: a function sees no dependency outside of its folder. */
export async function buildCalibrationFunctions(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'check-'));
  await build({
    entryPoints: globSync(path.join(import.meta.dirname, 'fixtures/calibration/*.mjs')),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['@aws-sdk/*'],
  });
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
