/** A failure that CDK describes in its own terms, by what it prints. */
interface KnownFailure {
  readonly printed: RegExp;
  /** Says what to do. */
  readonly explain: (found: RegExpExecArray, context: FailureContext) => string | undefined;
}

/** The command that failed. */
export interface FailureContext {
  /** Arguments of the CDK command line: `['deploy', '--profile', 'beta']`. */
  readonly args: readonly string[];
  /** Value of `AWS_ENDPOINT_URL`. @default AWS */
  readonly endpoint?: string | undefined;
}

/** Options that decide which account, region and bootstrap stack a command uses. */
const accountOptions = ['--profile', '--region', '--toolkit-stack-name'];

const failures: readonly KnownFailure[] = [
  {
    printed: /terminal \(TTY\) is not attached/,
    explain: (_, { args }) =>
      args[0] === 'destroy'
        ? 'The command needs a terminal for the confirmation: add --force, or set CI=true.'
        : 'The command needs a terminal for the confirmation: add --require-approval=never, or set CI=true.',
  },
  {
    printed: /no credentials have been configured|Could not load credentials/,
    explain: () =>
      'AWS credentials are missing: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in (aws sso login).',
  },
  {
    printed:
      /\b(ExpiredToken\w*|InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClientException|AuthFailure|RequestExpired)\b|security token included in the request is (?:invalid|expired)/,
    explain: ([, name = 'security token']) =>
      `AWS refused the credentials (${name}): renew them, or set AWS_PROFILE to others.`,
  },
  {
    printed: /\b(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ENETUNREACH)\b/,
    explain: ([, code = ''], { endpoint = 'AWS' }) =>
      `Cannot reach ${endpoint} (${code}): check AWS_ENDPOINT_URL, the region and the network.`,
  },
  {
    // CDK prints the same for each of the three.
    printed: /Unable to resolve AWS account/,
    explain: (_, { endpoint = 'AWS' }) =>
      `AWS credentials are missing, ${endpoint} refused them, or ${endpoint} cannot be reached: set AWS_PROFILE, log in (aws sso login), or check the network.`,
  },
  {
    printed: /Has the environment been bootstrapped|Is (?:this )?account .*bootstrapped/i,
    explain: (_, { args }) => {
      if (args[0] === 'bootstrap') return undefined;
      const command = ['npx nx bootstrap infra', ...accountArguments(args)].join(' ');
      return `This account and region are not bootstrapped: run \`${command}\` once.`;
    },
  },
];

/**
 * Returns a sentence with the fix for a failed command, if its output shows the reason.
 *
 * @param printed error output of the CDK command line
 * @returns `undefined` if it shows no known reason
 */
export function explainFailure(printed: string, context: FailureContext): string | undefined {
  for (const failure of failures) {
    const found = failure.printed.exec(printed);
    if (found) return failure.explain(found, context);
  }
  return undefined;
}

function accountArguments(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (accountOptions.includes(arg)) return [arg, args[index + 1] ?? ''];
    return accountOptions.some((option) => arg.startsWith(`${option}=`)) ? [arg] : [];
  });
}
