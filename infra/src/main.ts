import { rmSync } from 'node:fs';
import path from 'node:path';

import { MissingBuildError } from './built-folder.ts';
import { SettingsError } from './settings/read-values.ts';
import type { Settings } from './settings/settings.ts';
import { synthesize } from './synthesize.ts';

const infra = path.dirname(import.meta.dirname);

try {
  const output = process.env.CDK_OUTDIR;
  if (output === undefined) refuseSettings(process.argv.slice(2));
  const settings = synthesize(path.dirname(infra), output ?? emptyFolder(path.join(infra, 'cdk.out')));
  // Nx takes -c for itself without a word, so a setting that is missing here was never passed on.
  if (output !== undefined) console.error(`Settings: ${describeSettings(settings)}`);
} catch (error) {
  if (!(error instanceof MissingBuildError || error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** The lab runs the stack with its default settings, whatever is deployed. */
function refuseSettings(args: readonly string[]): void {
  if (args.length === 0) return;
  throw new SettingsError(
    `synth takes no settings, but received ${args.join(' ')}: it writes the stack that the lab runs. ` +
      'To see the stack with other settings, run `npx nx diff infra --context NAME=VALUE`.',
  );
}

/** Returns the scalar settings as `name=value`, in the order of `Settings`. */
function describeSettings(settings: Settings): string {
  return Object.entries(settings)
    .filter(([, value]) => typeof value !== 'object' || Array.isArray(value))
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ');
}

/**
 * The assembly that the lab runs, written where no CDK command line says otherwise. CDK itself never takes an
 * old asset away, so this folder would grow with every build, and Nx's cache with it.
 */
function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
