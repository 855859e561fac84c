import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';

import { readSettings } from '../src/settings/read-settings.ts';
import { everySource, managed } from './contexts.ts';
import { templateOf } from './stack-of.ts';

/** The one capacity provider of a template. */
function capacityOf(template: Template): string {
  const [id = '', ...others] = Object.keys(template.findResources('AWS::Lambda::CapacityProvider'));
  expect(others).toEqual([]);
  return id;
}

describe('on managed instances', () => {
  it.each(everySource)('every function runs on the same ones, published, with source %s', (_, context) => {
    const template = templateOf({ ...context, ...managed });
    template.allResourcesProperties('AWS::Lambda::Function', {
      PublishToLatestPublished: true,
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: {
          CapacityProviderArn: { 'Fn::GetAtt': [capacityOf(template), 'Arn'] },
        },
      },
      MemorySize: 4096,
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  it.each(['arm64', 'x86_64'])('the instances are of the functions’ architecture, %s', (architecture) => {
    const template = templateOf({ ...managed, architecture });
    template.allResourcesProperties('AWS::Lambda::Function', { Architectures: [architecture] });
    template.hasResourceProperties('AWS::Lambda::CapacityProvider', {
      InstanceRequirements: { Architectures: [architecture] },
      VpcConfig: { SubnetIds: managed.subnets.split(','), SecurityGroupIds: [managed.securityGroups] },
    });
  });

  it('no graph counts GB-seconds, since it is the instances that cost', () => {
    const text = JSON.stringify(templateOf(managed).findResources('AWS::CloudWatch::Dashboard'));
    expect(text).toContain('Duration, p99');
    expect(text).not.toContain('GB-seconds');
    expect(text).not.toContain('Cost of Lambda');
  });
});

it('without them there are none', () => {
  templateOf({ managedInstances: 'false' }).resourceCountIs('AWS::Lambda::CapacityProvider', 0);
  expect(readSettings({ managedInstances: false })).not.toHaveProperty('managed');
});
