/** What an SDK of AWS rejects with. */
interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
}

/**
 * Says in a sentence what to do about a command that failed, where the reason is none of the stack's: CDK's own words
 * are for those who know CDK.
 *
 * @param error what came of asking for the stack of `bootstrap`
 * @param command the CDK command, `deploy` for instance
 * @param environment where the command found credentials, region and endpoint
 * @returns nothing where it is something else
 */
export function explainFailure(
  error: SdkError,
  command: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const name = String(error.name);
  const message = String(error.message);
  if (message === 'Region is missing') {
    return 'No region is set: set AWS_REGION, or AWS_PROFILE to a profile that has one.';
  }
  if (/^(Credentials|Token)\w*Error$/.test(name)) {
    return 'There are no credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in (aws sso login).';
  }
  if (/Token|Signature|AuthenticationFailure|InvalidAccessKeyId|RequestExpired/.test(name)) {
    return `The credentials were refused (${name}): renew them, or set AWS_PROFILE to others.`;
  }
  if (typeof error.code === 'string') {
    const where = environment.AWS_ENDPOINT_URL ?? 'AWS';
    return `${where} cannot be reached (${error.code}): look at AWS_ENDPOINT_URL, at the region and at the network.`;
  }
  if (name === 'ValidationError' && command !== 'bootstrap') {
    return 'This account and region are not bootstrapped: run `npx nx bootstrap infra`, once for both.';
  }
  return undefined;
}
