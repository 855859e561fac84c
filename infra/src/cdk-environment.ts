type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the CDK command line finds in its environment beyond what is there. Options by variables, because it
 * refuses one that is given twice on its command line, and the caller's own must win.
 *
 * - In a pipeline (`CI` set, and not to `false` or `0`) nobody can answer, so nothing is asked.
 * - An endpoint of one's own (`AWS_ENDPOINT_URL`) has no host name for each bucket, so buckets go in the path.
 *
 * @param command the CDK command, `deploy` for instance
 * @see https://docs.aws.amazon.com/cdk/v2/guide/cli.html
 */
export function cdkEnvironment(command: string | undefined, environment: Environment): Environment {
  return {
    ...(isPipeline(environment) && unattended(command)),
    ...(environment.AWS_ENDPOINT_URL && { CDK_S3_FORCE_PATH_STYLE: '1' }),
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
