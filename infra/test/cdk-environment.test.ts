import { describe, expect, it } from 'vitest';

import { cdkEnvironment } from '../src/cdk-environment.ts';

/** Returns the variables that the CDK command line gets in addition. */
function added(command: string, environment: Readonly<Record<string, string | undefined>>): unknown {
  const after = Object.entries(cdkEnvironment(command, environment));
  return Object.fromEntries(after.filter(([name]) => !(name in environment)));
}

const always = { CDK_DISABLE_VERSION_CHECK: '1' };
const events = { ...always, CDK_PROGRESS: 'events' };

describe('the environment of the CDK command line', () => {
  it.each(['true', '1'])('deploys and destroys without asking where CI is %s', (CI) => {
    expect(added('deploy', { CI })).toEqual({ ...events, CDK_REQUIRE_APPROVAL: 'never' });
    expect(added('destroy', { CI })).toEqual({ ...events, CDK_FORCE: 'true' });
  });

  it.each([undefined, '', 'false', '0'])('asks where CI is %s', (CI) => {
    expect(added('deploy', { CI })).toEqual(events);
    expect(added('destroy', { CI })).toEqual(events);
  });

  it.each(['bootstrap', 'diff'])('forces nothing on %s', (command) => {
    expect(added(command, { CI: 'true' })).toEqual(always);
  });

  it('puts buckets in the path at an endpoint, and uses AWS’s address of a template', () => {
    expect(added('deploy', { AWS_ENDPOINT_URL: 'http://emulator:5000' })).toEqual({
      ...events,
      CDK_S3_FORCE_PATH_STYLE: '1',
      AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: 'https://s3.amazonaws.com',
      CDK_PREVIOUS_PARAMETERS: 'false',
    });
    expect(added('diff', { AWS_ENDPOINT_URL: 'http://emulator:5000' })).not.toHaveProperty([
      'CDK_PREVIOUS_PARAMETERS',
    ]);
  });

  it('keeps colours where the error output is a terminal', () => {
    expect(cdkEnvironment('diff', {}, { isTTY: true })).toEqual({ ...always, FORCE_COLOR: '1' });
    expect(cdkEnvironment('diff', {}, { isTTY: false })).toEqual(always);
  });

  it('does not overwrite existing variables', () => {
    const environment = { CI: 'true', CDK_REQUIRE_APPROVAL: 'any-change', AWS_REGION: 'eu-central-1' };
    expect(cdkEnvironment('deploy', environment)).toEqual({ ...events, ...environment });
  });
});
