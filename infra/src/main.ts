import { rmSync } from 'node:fs';
import path from 'node:path';

import { MissingBuildError } from './missing-build-error.ts';
import { nxCommandLine } from './nx-command-line.ts';
import { nxConfiguration } from './nx-configuration.ts';
import { SettingsError } from './settings/settings-error.ts';
import { synthesize } from './synthesize.ts';

const infra = path.dirname(import.meta.dirname);

try {
  const output = process.env.CDK_OUTDIR;
  if (output === undefined) refuseSettings();
  synthesize(path.dirname(infra), output ?? emptyFolder(path.join(infra, 'cdk.out')));
} catch (error) {
  if (!(error instanceof MissingBuildError || error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** The lab runs the stack as it is by default, whatever is deployed. */
function refuseSettings(): void {
  const configuration = nxConfiguration(nxCommandLine(process.env.NX_INVOCATION_ROOT_PID));
  const settings = configuration === undefined ? process.argv.slice(2) : [configuration];
  if (settings.length === 0) return;
  throw new SettingsError(
    `synth takes no settings, such as ${settings.join(' ')}: it writes what the lab runs; \`npx nx diff infra --context …\` shows another stack.`,
  );
}

/**
 * The assembly that the lab runs, written where no CDK command line says otherwise. CDK itself never takes an
 * old asset away, so this folder would grow with every build, and Nx's cache with it.
 */
function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
