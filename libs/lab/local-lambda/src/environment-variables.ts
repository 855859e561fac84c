import { randomBytes } from 'node:crypto';
import path from 'node:path';

import type { RuntimeSettings } from './spawn-runtime.ts';

/** The descriptor on which a runtime writes its log, in frames. */
const logDescriptor = 3;

/** Where a function runs as far as it can tell. @default us-east-1 */
export function region(): string {
  return process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
}

/**
 * The variables that a function's process gets: Lambda's and the function's own, and nothing of this process's
 * own; no credentials either. Where it has no `/tmp` of its own, `TMPDIR` stands for that, which Lambda has not.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(
  { definition, runtimeApi, client, tmp, maxConcurrency }: RuntimeSettings,
  hasOwnTmp: boolean,
): Record<string, string> {
  const { name, logFormat, logLevel } = definition;
  const managed = maxConcurrency !== undefined;
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    LANG: 'en_US.UTF-8',
    PATH: [path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin', '/opt/bin'].join(':'),
    TZ: ':UTC',
    // Or else the runtime's threads, which ask for events, would hold all of libuv's, and files and names would wait.
    ...(managed && { AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true' }),
    ...definition.environment,
    // Those that Lambda reserves come last: a function cannot set them.
    _HANDLER: definition.handler,
    AWS_DEFAULT_REGION: region(),
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: managed ? 'lambda-managed-instances' : 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `${day}/[$LATEST]${randomBytes(16).toString('hex')}`,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_REGION: region(),
    LAMBDA_RUNTIME_DIR: path.dirname(client),
    LAMBDA_TASK_ROOT: definition.codeFolder,
    ...(!hasOwnTmp && { TMPDIR: tmp }),
    ...(maxConcurrency !== undefined
      ? { AWS_LAMBDA_MAX_CONCURRENCY: String(maxConcurrency) }
      : { _LAMBDA_TELEMETRY_LOG_FD: String(logDescriptor) }),
    ...(logFormat === 'JSON' && { AWS_LAMBDA_LOG_FORMAT: 'JSON' }),
    ...(logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: logLevel }),
  };
}
