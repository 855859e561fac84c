import { LabError, type LabErrorCode } from '@parallel-lambda/local-lambda';

/** Settings of every AWS client. The SDK finds region, credentials and endpoint. */
export const clientSettings = {
  requestHandler: {
    /** Milliseconds. */
    connectionTimeout: 5_000,
    /** Milliseconds. */
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
  },
} as const;

/**
 * Awaits the response to a request of the AWS SDK.
 *
 * @throws {LabError} instead of the SDK's error; the SDK's error is its cause
 */
export async function responseOf<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (cause) {
    throw explain(cause);
  }
}

/**
 * Awaits the response to a request for a resource of the stack. CloudFormation does not notice if it was deleted by hand.
 *
 * @param resource such as `The queue of promises, https://…,`
 * @param missing the SDK's errors for a resource that does not exist
 * @throws {LabError} `failure`, if it does not exist; else as {@link responseOf}
 */
export async function responseFrom<T>(
  resource: string,
  request: Promise<T>,
  missing: readonly string[] = ['ResourceNotFoundException'],
): Promise<T> {
  try {
    return await responseOf(request);
  } catch (error) {
    if (!isAwsError(error, ...missing)) throw error;
    throw new LabError(
      'failure',
      `${resource} was deleted outside of CloudFormation, and deploying does not create it again. ` +
        'Destroy the stack, then deploy it.',
      { cause: error.cause },
    );
  }
}

/** Returns whether AWS answered with one of these errors, such as `QueueDoesNotExist`. */
export function isAwsError(error: unknown, ...names: readonly string[]): error is LabError {
  return error instanceof LabError && error.cause instanceof Error && names.includes(error.cause.name);
}

interface SdkError {
  readonly name: string;
  readonly message: string;
  /** Set by Node.js, on a network error. */
  readonly code?: string;
  /** Set on an error response. */
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Errors for invalid credentials; each service has its own. */
const credentialErrors: readonly string[] = [
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'OptInRequired',
];

const throttlingErrors: readonly string[] = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
];

const explanations: readonly {
  readonly matches: (error: SdkError) => boolean;
  readonly code: LabErrorCode;
  readonly sentence: (error: SdkError) => string;
}[] = [
  {
    matches: ({ message }) => message === 'Region is missing',
    code: 'failure',
    sentence: () =>
      `No AWS region is set. Set AWS_REGION, or AWS_PROFILE to a profile with a region.${emulatorHint()}`,
  },
  {
    matches: ({ name }) => /^(Credentials|Token)\w*Error$/.test(name),
    code: 'failure',
    sentence: ({ message }) =>
      `No AWS credentials were found (${message}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and ` +
      `AWS_SECRET_ACCESS_KEY, or log in with aws sso login.${emulatorHint()}`,
  },
  {
    matches: ({ name }) => credentialErrors.includes(name),
    code: 'failure',
    sentence: ({ name, message }) =>
      `AWS rejected the credentials (${name}: ${message}). Renew them, or set AWS_PROFILE to other credentials.`,
  },
  {
    matches: ({ name, $metadata }) => name.startsWith('AccessDenied') || $metadata?.httpStatusCode === 403,
    code: 'aws-error',
    sentence: ({ message }) =>
      `The credentials do not allow the request: ${message}. Add the permission, or set AWS_PROFILE to other credentials.`,
  },
  {
    matches: ({ name, $metadata }) => throttlingErrors.includes(name) || $metadata?.httpStatusCode === 429,
    code: 'throttled',
    sentence: ({ name, message }) =>
      `AWS throttled the request after several attempts (${name}: ${message}). Try again later.`,
  },
  {
    matches: ({ code, name, $metadata }) =>
      (code !== undefined || name === 'TimeoutError') && $metadata?.httpStatusCode === undefined,
    code: 'failure',
    sentence: unreachable,
  },
  {
    matches: ({ name, $metadata }) => name === 'SyntaxError' && $metadata !== undefined,
    code: 'aws-error',
    sentence: ({ $metadata }) =>
      `The response with status ${$metadata?.httpStatusCode ?? 0} is not from AWS. Check what listens at the endpoint.`,
  },
];

/** Users of an emulator may have no account. */
function emulatorHint(): string {
  return process.env.AWS_ENDPOINT_URL
    ? ' An emulator accepts any: AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local'
    : servedHint();
}

/** Returns a sentence for users who have forgotten the endpoint of the stack that the lab serves. */
export function servedHint(): string {
  return process.env.AWS_ENDPOINT_URL
    ? ''
    : ' For a stack that serve runs, export the variables that it prints.';
}

function unreachable({ message }: SdkError): string {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  return endpoint
    ? `${endpoint} (AWS_ENDPOINT_URL) cannot be reached (${message}). Start the emulator, or unset AWS_ENDPOINT_URL.`
    : `AWS cannot be reached (${message}). Check the region and the network.`;
}

function explain(cause: unknown): unknown {
  if (cause instanceof LabError || !(cause instanceof Error)) return cause;
  const error: SdkError = cause;
  const explanation = explanations.find(({ matches }) => matches(error));
  if (explanation) return new LabError(explanation.code, explanation.sentence(error), { cause });
  const status = error.$metadata?.httpStatusCode;
  // Neither an error response nor a network error: a bug of the lab.
  return status === undefined
    ? cause
    : new LabError('aws-error', `AWS answered with ${error.name} (${status}): ${error.message}`, { cause });
}
