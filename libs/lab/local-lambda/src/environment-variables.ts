import { randomBytes } from 'node:crypto';
import path from 'node:path';

import type { RuntimePaths, RuntimeSettings } from './runtime-settings.ts';

/** The descriptor on which a runtime writes its log, in frames. */
const logDescriptor = 3;

/** AWS region of a function. @default us-east-1 */
export function region(): string {
  return process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
}

/**
 * Returns the variables of a function's process: Lambda's and the function's own. They hold nothing of this process's
 * own variables and no credentials but those of the settings, and the home folder and the instance metadata of this machine are out of reach.
 *
 * @param paths `TMPDIR` and `HOME` are set, which Lambda does not, where `/tmp` is not the environment's own
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(
  { definition, variables, runtimeApi, maxConcurrency, observer, aws }: RuntimeSettings,
  { node, client, task, tmp }: RuntimePaths,
): Record<string, string> {
  const { name, logFormat, logLevel } = definition;
  const managed = maxConcurrency !== undefined;
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    LANG: 'en_US.UTF-8',
    PATH: [path.dirname(node), '/usr/local/bin', '/usr/bin', '/bin', '/opt/bin'].join(':'),
    NODE_PATH: [
      `/opt/nodejs/node${/\d+/.exec(definition.runtime)?.[0] ?? ''}/node_modules`,
      '/opt/nodejs/node_modules',
      task,
    ].join(':'),
    TZ: ':UTC',
    // The machine may be an instance of EC2: the AWS SDK would take its credentials.
    AWS_EC2_METADATA_DISABLED: 'true',
    // Or else the runtime's threads, which ask for events, would hold all of libuv's, and files and names would wait.
    ...(managed && { AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true' }),
    ...variables,
    ...definition.environment,
    // Those that Lambda reserves are set last: a function cannot set them.
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
    LAMBDA_TASK_ROOT: task,
    ...(tmp !== undefined && { TMPDIR: tmp, HOME: tmp }),
    ...(maxConcurrency !== undefined
      ? { AWS_LAMBDA_MAX_CONCURRENCY: String(maxConcurrency) }
      : { _LAMBDA_TELEMETRY_LOG_FD: String(logDescriptor) }),
    ...(observer !== undefined && { PARALLEL_LAMBDA_OBSERVER: observer }),
    ...(aws !== undefined && { PARALLEL_LAMBDA_AWS: aws }),
    ...(logFormat === 'JSON' && { AWS_LAMBDA_LOG_FORMAT: 'JSON' }),
    ...(logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: logLevel }),
  };
}
