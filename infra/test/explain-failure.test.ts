import { expect, it } from 'vitest';

import { explainFailure } from '../src/explain-failure.ts';

const deploy = { args: ['deploy'] };

it.each([
  [
    'Need to perform AWS calls for account 1, but no credentials have been configured',
    /^AWS credentials are missing: set AWS_PROFILE/,
  ],
  [
    'Unable to resolve AWS account to use. It must be either configured …',
    /^AWS credentials are missing, AWS refused them, or AWS cannot be reached: .*aws sso login/,
  ],
  [
    'ExpiredToken: The security token included in the request is expired',
    /^AWS refused the credentials \(ExpiredToken\): renew/,
  ],
  [
    'The security token included in the request is invalid.',
    /^AWS refused the credentials \(security token\)/,
  ],
  ['InvalidClientTokenId: no', /^AWS refused the credentials \(InvalidClientTokenId\)/],
  ['SignatureDoesNotMatch: no', /^AWS refused the credentials/],
  ['connect ECONNREFUSED 127.0.0.1:5000', /^Cannot reach AWS \(ECONNREFUSED\): check AWS_ENDPOINT_URL/],
  [
    'SSM parameter /cdk-bootstrap/hnb659fds/version not found. Has the environment been bootstrapped? Please run …',
    /not bootstrapped: run `npx nx bootstrap infra` once\.$/,
  ],
  ['Is account 111122223333 bootstrapped?', /not bootstrapped/],
  [
    'but terminal (TTY) is not attached so we are unable to get a confirmation',
    /^The command needs a terminal .*--require-approval=never/,
  ],
])('explains "%s" in a sentence', (printed, sentence) => {
  expect(explainFailure(printed, deploy)).toMatch(sentence);
  expect(explainFailure(printed, deploy)).not.toContain('\n');
});

it.each([
  'Resource handler returned message: "Invalid request provided"',
  'Validation failed. A copy of this report can be found in: validation-report.json',
  'AccessDenied: User is not authorized to perform cloudformation:DescribeStacks',
  'Throttling: Rate exceeded',
  '',
])('adds nothing to "%s", which has other reasons', (printed) => {
  expect(explainFailure(printed, deploy)).toBeUndefined();
});

it('names the endpoint that it cannot reach', () => {
  const context = { args: ['deploy'], endpoint: 'http://127.0.0.1:5000' };
  expect(explainFailure('connect ECONNREFUSED', context)).toMatch(
    /^Cannot reach http:\/\/127\.0\.0\.1:5000 /,
  );
});

it('explains how to destroy without a terminal', () => {
  expect(explainFailure('terminal (TTY) is not attached', { args: ['destroy'] })).toMatch(/--force/);
});

it('passes the account options on to bootstrap', () => {
  const args = ['deploy', '--profile', 'beta', '--context', 'memory=512', '--toolkit-stack-name=Ours'];
  expect(explainFailure('Has the environment been bootstrapped?', { args })).toContain(
    'run `npx nx bootstrap infra --profile beta --toolkit-stack-name=Ours` once',
  );
});

it('does not advise to bootstrap while bootstrapping', () => {
  expect(explainFailure('Has the environment been bootstrapped?', { args: ['bootstrap'] })).toBeUndefined();
});
