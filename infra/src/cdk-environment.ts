type Environment = Readonly<Record<string, string | undefined>>;

const atEndpoint: Environment = {
  CDK_S3_FORCE_PATH_STYLE: '1',
  AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: 'https://s3.amazonaws.com',
};

/**
 * What the CDK command line finds in its environment beyond what is there. Options by variables, because it
 * refuses one that is given twice on its command line, and the caller's own must win.
 *
 * - Which version runs is for the lockfile to say, so none is recommended.
 * - In a pipeline (`CI` set, and not to `false` or `0`) nobody can answer, so nothing is asked.
 * - An endpoint (`AWS_ENDPOINT_URL`), an emulator for instance, has no host name for each bucket, so buckets go
 *   in the path. CloudFormation there is told of its template by AWS's own address of S3, which it knows
 *   whatever name or port it is reached by.
 *
 * @param command the CDK command, `deploy` for instance
 * @see https://docs.aws.amazon.com/cdk/v2/guide/cli.html
 */
export function cdkEnvironment(command: string | undefined, environment: Environment): Environment {
  return {
    CDK_DISABLE_VERSION_CHECK: '1',
    ...(isPipeline(environment) && unattended(command)),
    ...(environment.AWS_ENDPOINT_URL && atEndpoint),
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
