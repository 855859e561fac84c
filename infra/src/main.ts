import { rmSync } from 'node:fs';
import path from 'node:path';

import { MissingBuildError } from './missing-build-error.ts';
import { synthesize } from './synthesize.ts';

const infra = path.dirname(import.meta.dirname);

try {
  synthesize(path.dirname(infra), process.env.CDK_OUTDIR ?? emptyFolder(path.join(infra, 'cdk.out')));
} catch (error) {
  if (!(error instanceof MissingBuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/**
 * The assembly that the lab runs, written where no CDK command line says otherwise. CDK itself never takes an
 * old asset away, so this folder would grow with every build, and Nx's cache with it.
 */
function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
