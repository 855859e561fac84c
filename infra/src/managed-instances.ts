import { Validations } from 'aws-cdk-lib';
import { SecurityGroup, Subnet } from 'aws-cdk-lib/aws-ec2';
import { Architecture, CapacityProvider, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import type { ManagedInstancesSettings, Settings } from './settings/settings.ts';

/** What the instances are made with. */
export interface ManagedInstancesProps extends Pick<Settings, 'architecture'> {
  readonly network: ManagedInstancesSettings;
}

/**
 * Instances in a network of the account's on which Lambda runs the functions, all of them on the same, several
 * invocations at a time in one environment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
 */
export class ManagedInstances extends Construct {
  readonly #capacity: CapacityProvider;

  constructor(scope: Construct, id: string, { architecture, network }: ManagedInstancesProps) {
    super(scope, id);
    this.#capacity = new CapacityProvider(this, 'Capacity', {
      architectures: [architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64],
      subnets: network.subnets.map((subnet) => Subnet.fromSubnetId(this, subnet, subnet)),
      securityGroups: network.securityGroups.map((group) =>
        SecurityGroup.fromSecurityGroupId(this, group, group, { mutable: false }),
      ),
    });
    Validations.of(this.#capacity).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator]',
      reason: 'The policy that AWS made for what Lambda has to do with the instances, and keeps up with it.',
    });
  }

  /** Has a function run here. Its code is published, without which Lambda starts no environment. */
  run(target: LambdaFunction): void {
    this.#capacity.addFunction(target, { publishToLatestPublished: true });
  }
}
