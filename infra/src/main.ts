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
  // Nx takes -c for itself silently, so show which settings arrived.
  if (output !== undefined) console.error(`Settings: ${describeSettings(settings)}`);
} catch (error) {
  if (!isExpected(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Returns whether an error's message contains the fix: the stack would only hide it. */
function isExpected(error: unknown): error is Error {
  if (error instanceof MissingBuildError || error instanceof SettingsError) return true;
  // CDK has printed what CloudFormation would refuse.
  return error instanceof Error && error.name === 'ValidationFailed';
}

/** The lab runs the stack with its default settings, independent of deployed stacks. */
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

/** Empties the folder of the assembly. CDK never removes old assets, so the folder would grow with every build. */
function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
