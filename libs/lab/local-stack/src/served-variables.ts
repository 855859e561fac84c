/** Services that functions call and that are served here. */
const servedHere = ['dynamodb', 'kinesis', 'lambda', 'sns', 'sqs'];

/** The variables by which the AWS SDK finds them. */
const endpoints = servedHere.map((id) => `AWS_ENDPOINT_URL_${id.toUpperCase()}`);

/**
 * Returns the URL to which requests to AWS are redirected: all, or with credentials of the machine only those to what is
 * served here.
 */
export function redirectedTo(endpoint: string, credentials?: Readonly<Record<string, string>>): string {
  if (!credentials) return endpoint;
  return `${endpoint}?${servedHere.map((service) => `service=${service}`).join('&')}`;
}

/**
 * Returns the variables that a served function gets beside its own, so that the AWS SDK calls the served resources.
 *
 * @param endpoint of the served stack
 * @param functionName which the function's requests send as a session token, so that they can be distinguished
 * @param credentials of the machine. With them, requests to services that are not served here go to AWS. @default dummy
 * credentials, and every request goes to the endpoint
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function servedVariables(
  endpoint: string,
  functionName: string,
  credentials?: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (credentials)
    return { ...credentials, ...Object.fromEntries(endpoints.map((name) => [name, endpoint])) };
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: functionName,
  };
}
