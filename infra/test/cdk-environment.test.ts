import { describe, expect, it } from 'vitest';

import { cdkEnvironment } from '../src/cdk-environment.ts';

describe('the environment of the CDK command line', () => {
  it.each(['true', '1'])('lets it deploy and destroy without asking where CI is %s', (CI) => {
    expect(cdkEnvironment('deploy', { CI })).toEqual({ CI, CDK_REQUIRE_APPROVAL: 'never' });
    expect(cdkEnvironment('destroy', { CI })).toEqual({ CI, CDK_FORCE: 'true' });
  });

  it.each([undefined, '', 'false', '0'])('lets it ask where CI is %s', (CI) => {
    expect(cdkEnvironment('deploy', { CI })).toEqual({ CI });
    expect(cdkEnvironment('destroy', { CI })).toEqual({ CI });
  });

  it('forces nothing but the deletion of the stack', () => {
    expect(cdkEnvironment('bootstrap', { CI: 'true' })).toEqual({ CI: 'true' });
    expect(cdkEnvironment('diff', { CI: 'true' })).toEqual({ CI: 'true' });
  });

  it('has buckets in the path at an endpoint, whatever its host', () => {
    const endpoint = { AWS_ENDPOINT_URL: 'http://emulator:5000' };
    expect(cdkEnvironment('deploy', endpoint)).toEqual({ ...endpoint, CDK_S3_FORCE_PATH_STYLE: '1' });
  });

  it('leaves what is set as it is', () => {
    const environment = { CI: 'true', CDK_REQUIRE_APPROVAL: 'any-change' };
    expect(cdkEnvironment('deploy', environment)).toEqual(environment);
  });
});
