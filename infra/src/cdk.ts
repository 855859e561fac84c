import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { cdkEnvironment } from './cdk-environment.ts';

// The CDK command line with the arguments given, asking nothing where nobody can answer.
const args = process.argv.slice(2);
const { status, error } = spawnSync(
  process.execPath,
  [fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk')), ...args],
  { stdio: 'inherit', env: { ...cdkEnvironment(args[0], process.env) } },
);
if (error) throw error;
process.exitCode = status ?? 1;
