import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { cdkEnvironment } from './cdk-environment.ts';
import { nxCommandLine } from './nx-command-line.ts';
import { nxConfiguration } from './nx-configuration.ts';

const args = process.argv.slice(2);
const configuration = nxConfiguration(nxCommandLine(process.env.NX_INVOCATION_ROOT_PID));
if (configuration === undefined) run();
else {
  console.error(
    `Nx took ${configuration} for a configuration of its own, and there is none: write --context ${configuration}.`,
  );
  process.exitCode = 1;
}

/** The CDK command line with the arguments given, asking nothing where nobody can answer. */
function run(): void {
  const { status, error } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk')), ...args],
    { stdio: 'inherit', env: { ...cdkEnvironment(args[0], process.env) } },
  );
  if (error) throw error;
  process.exitCode = status ?? 1;
}
