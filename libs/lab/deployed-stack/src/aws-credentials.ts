import { LambdaClient } from '@aws-sdk/client-lambda';
import { LabError } from '@parallel-lambda/local-lambda';

/**
 * Returns this machine's AWS credentials as the environment variables that Lambda gives a function. They are found as by the AWS
 * SDK: variables, profile, SSO, instance metadata.
 *
 * @throws {LabError} `usage`, if there are none
 */
export async function awsCredentials(): Promise<Readonly<Record<string, string>>> {
  const client = new LambdaClient({ region: 'us-east-1' });
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
    return {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    };
  } catch (cause) {
    throw new LabError(
      'usage',
      `--aws-credentials finds no credentials on this machine: ${(cause as Error).message}. Log in, for example with aws sso login.`,
      { cause },
    );
  } finally {
    client.destroy();
  }
}
