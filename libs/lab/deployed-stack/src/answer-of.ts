import { LabError, type LabErrorCode } from '@parallel-lambda/local-lambda';

/**
 * Awaits what a client of the SDK was asked.
 *
 * @throws {LabError} in place of whatever the SDK rejects with: a sentence that says what to do
 */
export async function answerOf<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    throw explain(cause);
  }
}

/** Whether AWS answered with one of these errors, such as `QueueDoesNotExist`. */
export function isAnswer(error: unknown, ...names: readonly string[]): error is LabError {
  return error instanceof LabError && error.cause instanceof Error && names.includes(error.cause.name);
}

interface SdkError {
  readonly name: string;
  readonly message: string;
  /** Node's, of an error of the network. */
  readonly code?: string;
  readonly hostname?: string;
  /** Of an answer. */
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Names by which the services refuse credentials; each has its own. */
const refusals: readonly string[] = [
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

const throttlings: readonly string[] = [
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
  readonly of: (error: SdkError) => boolean;
  readonly code: LabErrorCode;
  readonly sentence: (error: SdkError) => string;
}[] = [
  {
    of: ({ message }) => message === 'Region is missing',
    code: 'failure',
    sentence: () =>
      `No region is set: set AWS_REGION, or AWS_PROFILE to a profile that has one.${atEmulator()}`,
  },
  {
    of: ({ name }) => /^(Credentials|Token)\w*Error$/.test(name),
    code: 'failure',
    sentence: ({ message }) =>
      'There are no credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in ' +
      `(aws sso login). The SDK says: ${message}.${atEmulator()}`,
  },
  {
    of: ({ name }) => refusals.includes(name),
    code: 'failure',
    sentence: ({ name, message }) =>
      `The credentials were refused (${name}: ${message}): renew them, or set AWS_PROFILE to others.`,
  },
  {
    of: ({ name, $metadata }) => name.startsWith('AccessDenied') || $metadata?.httpStatusCode === 403,
    code: 'aws-error',
    sentence: ({ message }) => `The credentials do not permit it: ${message}`,
  },
  {
    of: ({ name, $metadata }) => throttlings.includes(name) || $metadata?.httpStatusCode === 429,
    code: 'throttled',
    sentence: ({ name, message }) =>
      `Too many requests, also after some attempts (${name}: ${message}): try again in a while.`,
  },
  {
    of: ({ code, name, $metadata }) =>
      (code !== undefined || name === 'TimeoutError') && $metadata?.httpStatusCode === undefined,
    code: 'failure',
    sentence: unreachable,
  },
  {
    of: ({ name, $metadata }) => name === 'SyntaxError' && $metadata !== undefined,
    code: 'aws-error',
    sentence: ({ $metadata }) =>
      `The answer has status ${$metadata?.httpStatusCode ?? 0} and is none that AWS gives: look at what answers there.`,
  },
];

/** Who has just started an emulator need not have an account. */
function atEmulator(): string {
  return process.env.AWS_ENDPOINT_URL
    ? ' An emulator takes any: AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local'
    : '';
}

function unreachable({ message }: SdkError): string {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  return endpoint
    ? `${endpoint} (AWS_ENDPOINT_URL) cannot be reached (${message}): start what is to answer there, or unset it.`
    : `AWS cannot be reached (${message}): look at the region and at the network.`;
}

function explain(cause: unknown): unknown {
  if (cause instanceof LabError || !(cause instanceof Error)) return cause;
  const error: SdkError = cause;
  const explanation = explanations.find(({ of }) => of(error));
  if (explanation) return new LabError(explanation.code, explanation.sentence(error), { cause });
  const status = error.$metadata?.httpStatusCode;
  // Not an answer of a service, nor an error of the network: a fault of this program.
  return status === undefined
    ? cause
    : new LabError('aws-error', `The answer was ${error.name} (${status}): ${error.message}`, { cause });
}
