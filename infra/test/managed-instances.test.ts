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

describe('on Managed Instances', () => {
  it.each(everySource)(
    'every function runs on the same instances, published, with source %s',
    (_, context) => {
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
    },
  );

  it.each(['arm64', 'x86_64'])('the instances are of the functions’ architecture, %s', (architecture) => {
    const template = templateOf({ ...managed, architecture });
    template.allResourcesProperties('AWS::Lambda::Function', { Architectures: [architecture] });
    template.hasResourceProperties('AWS::Lambda::CapacityProvider', {
      InstanceRequirements: { Architectures: [architecture] },
      VpcConfig: { SubnetIds: managed.subnets.split(','), SecurityGroupIds: [managed.securityGroups] },
    });
  });

  it('the vCPUs are limited', () => {
    templateOf({ ...managed, maxVcpus: 40 }).hasResourceProperties('AWS::Lambda::CapacityProvider', {
      CapacityProviderScalingConfig: { MaxVCpuCount: 40 },
    });
  });

  it('environments, batches per environment, instance types and the runtime’s threads are set', () => {
    const template = templateOf({
      ...managed,
      minEnvironments: 1,
      maxEnvironments: 20,
      perEnvironment: 32,
      instanceTypes: 'c8g.xlarge,m8g.large',
      runtimeWorkers: 4,
      timeout: 5400,
      window: 300,
    });
    template.allResourcesProperties('AWS::Lambda::Function', {
      FunctionScalingConfig: { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 20 },
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: { PerExecutionEnvironmentMaxConcurrency: 32 },
      },
      Environment: { Variables: { AWS_LAMBDA_NODEJS_WORKER_COUNT: '4' } },
      Timeout: 5400,
    });
    template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 6 * 5400 + 300 });
    template.hasResourceProperties('AWS::Lambda::CapacityProvider', {
      InstanceRequirements: { AllowedInstanceTypes: ['c8g.xlarge', 'm8g.large'] },
    });
  });

  it('no graph counts GB-seconds, which are not billed', () => {
    const text = JSON.stringify(templateOf(managed).findResources('AWS::CloudWatch::Dashboard'));
    expect(text).toContain('Duration, p99');
    expect(text).not.toContain('GB-seconds');
    expect(text).not.toContain('Cost of Lambda');
  });
});

it('creates no capacity provider without the setting', () => {
  templateOf({ managedInstances: 'false' }).resourceCountIs('AWS::Lambda::CapacityProvider', 0);
  expect(readSettings({ managedInstances: false })).not.toHaveProperty('managed');
});
