import {
  defaultMinEnvironments,
  environmentsRange,
  managedMbPerVcpu,
  maxVcpusRange,
  perEnvironmentRange,
} from './limits.ts';
import { type Context, readChoice, readList, readNumber, SettingsError } from './read-values.ts';
import type { ManagedInstancesSettings } from './settings.ts';

/** Settings that only have a meaning on Managed Instances. */
export const managedNames = [
  'subnets',
  'securityGroups',
  'maxVcpus',
  'instanceTypes',
  'minEnvironments',
  'maxEnvironments',
  'perEnvironment',
  'runtimeWorkers',
] as const;

/** Ids as CloudFormation accepts them: 8 or 17 hexadecimal digits. */
const subnetId = /^subnet-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const securityGroupId = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const instanceType = /^[a-z][a-z0-9-]*\.(?:[a-z0-9-]+|\*)$/;

/** Returns whether the functions run on Managed Instances. */
export function isManaged(context: Context): boolean {
  const { managedInstances } = context;
  // In cdk.json it can be a boolean.
  const value = typeof managedInstances === 'boolean' ? String(managedInstances) : managedInstances;
  return readChoice({ managedInstances: value }, 'managedInstances', ['false', 'true']) === 'true';
}

/**
 * Reads the settings of Managed Instances.
 *
 * @param functions what the instances must have room for
 * @throws {SettingsError} if the network is missing, or a setting is out of range
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CapacityProviderVpcConfig.html
 */
export function readManaged(
  context: Context,
  functions: { readonly count: number; readonly memory: number },
): ManagedInstancesSettings {
  const network = 'ids of a network that reaches CloudWatch, which managedInstances=true needs';
  const min = readNumber(context, 'minEnvironments', environmentsRange);
  const max = readNumber(context, 'maxEnvironments', environmentsRange);
  const perEnvironment = readNumber(context, 'perEnvironment', perEnvironmentRange);
  const runtimeWorkers = readNumber(context, 'runtimeWorkers', { min: 1, max: 64 });
  if (max !== undefined && max < (min ?? defaultMinEnvironments)) {
    throw new SettingsError(
      `maxEnvironments=${max} is less than minEnvironments, ${min ?? defaultMinEnvironments}. Set a larger maxEnvironments.`,
    );
  }
  const types =
    context.instanceTypes === undefined
      ? undefined
      : readList(context, 'instanceTypes', {
          pattern: instanceType,
          max: 50,
          what: 'types, such as c8g.xlarge',
        });
  return {
    subnets: readList(context, 'subnets', { pattern: subnetId, max: 16, what: network }),
    securityGroups: readList(context, 'securityGroups', { pattern: securityGroupId, max: 5, what: network }),
    maxVcpus: readMaxVcpus(context, functions.count * (min ?? defaultMinEnvironments), functions.memory),
    ...(types && { instanceTypes: types }),
    ...(min !== undefined && { minEnvironments: min }),
    ...(max !== undefined && { maxEnvironments: max }),
    ...(perEnvironment !== undefined && { perEnvironment }),
    ...(runtimeWorkers !== undefined && { runtimeWorkers }),
  };
}

function readMaxVcpus(context: Context, environments: number, memory: number): number {
  const needed = Math.max(maxVcpusRange.min, environments * Math.ceil(memory / managedMbPerVcpu));
  const maxVcpus = readNumber(context, 'maxVcpus', maxVcpusRange) ?? Math.min(2 * needed, maxVcpusRange.max);
  if (maxVcpus >= needed) return maxVcpus;
  throw new SettingsError(
    `maxVcpus=${maxVcpus} is too few: the minimum of ${environments} environments with ${memory} MB needs ${needed} vCPUs. ` +
      'Set a larger maxVcpus, or a smaller memory or minEnvironments.',
  );
}
