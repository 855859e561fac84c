import { Effect, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { unqualified } from '../target.ts';

/** Topic that a mapping reads. */
export interface KafkaGrant {
  readonly clusterArn: string;
  readonly topic: string;
  readonly consumerGroup: string;
}

/** EC2 actions by which Lambda's pollers join the network of a cluster. EC2 supports no resource-level permissions for most of them. */
const networkActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/**
 * Allows the mapping of a function to read one topic in one consumer group, in place of AWS's managed policy, which also
 * writes every log of the account. The function's own code is denied what only the pollers need.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function grantKafka(
  scope: Construct,
  target: IFunction,
  { clusterArn, topic, consumerGroup }: KafkaGrant,
): void {
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
  allow(['*'], ...networkActions);
  if (!target.role) return;
  const { functionArn } = unqualified(target);
  // A separate policy: the function depends on the default policy of its role, which so cannot name the function.
  new Policy(scope, 'DenyNetworkToCode', {
    roles: [target.role],
    statements: [
      new PolicyStatement({
        effect: Effect.DENY,
        actions: networkActions,
        resources: ['*'],
        // Present only in the requests of the function's code, of every version.
        conditions: { ArnEquals: { 'lambda:SourceFunctionArn': [functionArn, `${functionArn}:*`] } },
      }),
    ],
  });
}
