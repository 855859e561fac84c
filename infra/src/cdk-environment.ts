type Environment = Readonly<Record<string, string | undefined>>;

const atEndpoint: Environment = {
  CDK_S3_FORCE_PATH_STYLE: '1',
  AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: 'https://s3.amazonaws.com',
};

/**
 * Returns the environment of the CDK command line. Options are variables, because CDK refuses an option that is given
 * twice, and the caller's own options must win.
 *
 * - The lockfile determines the version, so CDK recommends no other.
 * - In a pipeline (`CI` is set, and not to `false` or `0`), there is no user to answer, so CDK does not ask.
 * - CDK's error output is read for known failures, so it is not a terminal: CDK prints events instead of a progress bar, but
 *   keeps its colours.
 * - An endpoint (`AWS_ENDPOINT_URL`, such as an emulator) has no host name per bucket, so buckets go in the path.
 *   CloudFormation there gets AWS's own address of a template, which an emulator accepts under any name or port. An update
 *   passes no former values of parameters, which moto does not find; all parameters have defaults.
 *
 * @param command CDK command, such as `deploy`
 * @param output where the error output ends up
 * @see https://docs.aws.amazon.com/cdk/v2/guide/cli.html
 */
export function cdkEnvironment(
  command: string | undefined,
  environment: Environment,
  output: { readonly isTTY?: boolean } = {},
): Environment {
  return {
    CDK_DISABLE_VERSION_CHECK: '1',
    ...(['deploy', 'destroy'].includes(command ?? '') && { CDK_PROGRESS: 'events' }),
    ...(output.isTTY && { FORCE_COLOR: '1' }),
    ...(isPipeline(environment) && unattended(command)),
    ...(environment.AWS_ENDPOINT_URL && atEndpoint),
    ...(environment.AWS_ENDPOINT_URL && command === 'deploy' && { CDK_PREVIOUS_PARAMETERS: 'false' }),
    ...environment,
  };
}

function isPipeline({ CI }: Environment): boolean {
  return CI !== undefined && !['', 'false', '0'].includes(CI);
}

function unattended(command: string | undefined): Environment {
  if (command === 'deploy') return { CDK_REQUIRE_APPROVAL: 'never' };
  if (command === 'destroy') return { CDK_FORCE: 'true' };
  return {};
}
