import { describe, expect, it } from 'vitest';

import { cdkEnvironment } from '../src/cdk-environment.ts';

/** What the CDK command line finds that was not there before. */
function added(command: string, environment: Readonly<Record<string, string | undefined>>): unknown {
  const after = Object.entries(cdkEnvironment(command, environment));
  return Object.fromEntries(after.filter(([name]) => !(name in environment)));
}

const always = { CDK_DISABLE_VERSION_CHECK: '1' };

describe('the environment of the CDK command line', () => {
  it.each(['true', '1'])('lets it deploy and destroy without asking where CI is %s', (CI) => {
    expect(added('deploy', { CI })).toEqual({ ...always, CDK_REQUIRE_APPROVAL: 'never' });
    expect(added('destroy', { CI })).toEqual({ ...always, CDK_FORCE: 'true' });
  });

  it.each([undefined, '', 'false', '0'])('lets it ask where CI is %s', (CI) => {
    expect(added('deploy', { CI })).toEqual(always);
    expect(added('destroy', { CI })).toEqual(always);
  });

  it.each(['bootstrap', 'diff'])('forces nothing on %s', (command) => {
    expect(added(command, { CI: 'true' })).toEqual(always);
  });

  it('has buckets in the path at an endpoint, and AWS’s address of a template', () => {
    expect(added('deploy', { AWS_ENDPOINT_URL: 'http://emulator:5000' })).toEqual({
      ...always,
      CDK_S3_FORCE_PATH_STYLE: '1',
      AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: 'https://s3.amazonaws.com',
    });
  });

  it('leaves what is set as it is', () => {
    const environment = { CI: 'true', CDK_REQUIRE_APPROVAL: 'any-change', AWS_REGION: 'eu-central-1' };
    expect(cdkEnvironment('deploy', environment)).toEqual({ ...always, ...environment });
  });
});
