import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import { cdkEnvironment } from './cdk-environment.ts';
import { explainFailure } from './explain-failure.ts';

const args = process.argv.slice(2);
await run();

/** Runs the CDK command line with the given arguments, and explains its failures. */
async function run(): Promise<void> {
  const cdk = spawn(process.execPath, [fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk')), ...args], {
    stdio: ['inherit', 'inherit', 'pipe'],
    env: { ...cdkEnvironment(args[0], process.env, process.stderr) },
  });
  let printed = '';
  cdk.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    process.stderr.write(text);
  });
  const [status] = (await once(cdk, 'close')) as [number | null];
  process.exitCode = status ?? 1;
  if (status === 0) return;
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const sentence = explainFailure(stripVTControlCharacters(printed), { args, endpoint });
  if (sentence !== undefined) console.error(`\n${sentence}`);
}
