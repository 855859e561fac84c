import { expect, it } from 'vitest';

import { explainFailure } from '../src/explain-failure.ts';

it.each([
  [{ name: 'Error', message: 'Region is missing' }, /^No region is set: set AWS_REGION/],
  [
    { name: 'CredentialsProviderError', message: 'Could not load' },
    /^There are no credentials: set AWS_PROFILE/,
  ],
  [{ name: 'TokenProviderError', message: 'Token is expired' }, /^There are no credentials: .*aws sso login/],
  [
    { name: 'ExpiredToken', message: 'expired' },
    /^The credentials were refused \(ExpiredToken\): renew them/,
  ],
  [{ name: 'InvalidClientTokenId', message: 'no' }, /^The credentials were refused/],
  [{ name: 'SignatureDoesNotMatch', message: 'no' }, /^The credentials were refused/],
  [{ name: 'Error', message: '', code: 'ECONNREFUSED' }, /^AWS cannot be reached \(ECONNREFUSED\)/],
  [{ name: 'ValidationError', message: 'no stack' }, /not bootstrapped: run `npx nx bootstrap infra`/],
])('%j is explained in a sentence', (error, sentence) => {
  expect(explainFailure(error, 'deploy', {})).toMatch(sentence);
  expect(explainFailure(error, 'deploy', {})).not.toContain('\n');
});

it('names the endpoint that cannot be reached', () => {
  const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' };
  expect(explainFailure({ code: 'ECONNREFUSED' }, 'deploy', environment)).toMatch(
    /^http:\/\/127\.0\.0\.1:5000 cannot/,
  );
});

it('has no advice to bootstrap for whoever does', () => {
  expect(explainFailure({ name: 'ValidationError' }, 'bootstrap', {})).toBeUndefined();
});

it.each(['AccessDenied', 'Throttling'])('leaves %s to CDK, which may do without', (name) => {
  expect(explainFailure({ name }, 'deploy', {})).toBeUndefined();
});
