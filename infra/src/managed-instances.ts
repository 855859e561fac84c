import { Validations } from 'aws-cdk-lib';
import { InstanceType, SecurityGroup, Subnet } from 'aws-cdk-lib/aws-ec2';
import {
  Architecture,
  CapacityProvider,
  type Function as LambdaFunction,
  InstanceTypeFilter,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import type { ManagedInstancesSettings, Settings } from './settings/settings.ts';

/** Props of {@link ManagedInstances}. */
export interface ManagedInstancesProps extends Pick<Settings, 'architecture'> {
  readonly settings: ManagedInstancesSettings;
}

/**
 * Instances in your network on which Lambda runs all functions, with several invocations at a time in one environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
 */
export class ManagedInstances extends Construct {
  readonly #capacity: CapacityProvider;
  readonly #settings: ManagedInstancesSettings;

  constructor(scope: Construct, id: string, { architecture, settings }: ManagedInstancesProps) {
    super(scope, id);
    this.#settings = settings;
    const { instanceTypes } = settings;
    this.#capacity = new CapacityProvider(this, 'Capacity', {
      architectures: [architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64],
      subnets: settings.subnets.map((subnet) => Subnet.fromSubnetId(this, subnet, subnet)),
      securityGroups: settings.securityGroups.map((group) =>
        SecurityGroup.fromSecurityGroupId(this, group, group, { mutable: false }),
      ),
      maxVCpuCount: settings.maxVcpus,
      ...(instanceTypes && {
        instanceTypeFilter: InstanceTypeFilter.allow(instanceTypes.map((type) => new InstanceType(type))),
      }),
    });
    Validations.of(this.#capacity).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator]',
      reason: 'AWS maintains this policy for the calls of Lambda to EC2.',
    });
  }

  /** Runs a function on the instances. Its code is published, because Lambda starts no environment otherwise. */
  run(target: LambdaFunction): void {
    const { minEnvironments, maxEnvironments, perEnvironment } = this.#settings;
    this.#capacity.addFunction(target, {
      publishToLatestPublished: true,
      ...(perEnvironment !== undefined && { perExecutionEnvironmentMaxConcurrency: perEnvironment }),
      ...((minEnvironments ?? maxEnvironments) !== undefined && {
        latestPublishedScalingConfig: {
          ...(minEnvironments !== undefined && { minExecutionEnvironments: minEnvironments }),
          ...(maxEnvironments !== undefined && { maxExecutionEnvironments: maxEnvironments }),
        },
      }),
    });
  }
}
