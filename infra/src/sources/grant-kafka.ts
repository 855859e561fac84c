import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** What a mapping reads. */
export interface KafkaGrant {
  readonly clusterArn: string;
  readonly topic: string;
  readonly consumerGroup: string;
}

/**
 * Lets a function's mapping read one topic in one consumer group, in place of AWS's own policy for it, which
 * also writes every log of the account.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export function grantKafka(target: LambdaFunction, { clusterArn, topic, consumerGroup }: KafkaGrant): void {
  const within = (kind: string, name: string): string =>
    `${clusterArn.replace(':cluster/', `:${kind}/`)}/${name}`;
  const allow = (resources: string[], ...actions: string[]): void => {
    target.addToRolePolicy(new PolicyStatement({ actions, resources }));
  };
  allow(
    [clusterArn],
    'kafka:DescribeCluster',
    'kafka:DescribeClusterV2',
    'kafka:GetBootstrapBrokers',
    'kafka-cluster:Connect',
    'kafka-cluster:DescribeClusterDynamicConfiguration',
  );
  allow([within('topic', topic)], 'kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData');
  allow([within('group', consumerGroup)], 'kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup');
  allow(
    ['*'],
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
  );
  if (target.role) {
    Validations.of(target.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        "Lambda's pollers join the cluster's network by interfaces of which nothing is known before they are made, and EC2 describes no resource by itself.",
    });
  }
}
