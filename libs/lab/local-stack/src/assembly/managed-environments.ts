import { defaultPerVcpu, perEnvironmentRange, type ManagedEnvironments } from '@parallel-lambda/local-lambda';

import { numberOf } from '../stack/property-values.ts';
import { recordOf } from '../stack/template-resource.ts';

/** GiB of an environment that come with one vCPU, unless the template sets another ratio. */
const defaultGibPerVcpu = 2;

/**
 * Reads the environments of a function on Managed Instances.
 *
 * @param properties those of an `AWS::Lambda::Function`
 * @returns `undefined` if the function does not run on Managed Instances
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html
 */
export function managedEnvironments(
  properties: Readonly<Record<string, unknown>>,
  memoryMb: number,
): ManagedEnvironments | undefined {
  const { CapacityProviderConfig: capacity, FunctionScalingConfig: scaling } = properties;
  if (capacity === undefined) return undefined;
  const config = recordOf(recordOf(capacity).LambdaManagedInstancesCapacityProviderConfig);
  const gibPerVcpu = numberOf(config.ExecutionEnvironmentMemoryGiBPerVCpu, defaultGibPerVcpu);
  const vcpus = Math.max(1, Math.floor(memoryMb / 1024 / gibPerVcpu));
  const [min, max] = perEnvironmentRange;
  const perEnvironment = numberOf(config.PerExecutionEnvironmentMaxConcurrency, defaultPerVcpu * vcpus);
  const maxEnvironments = numberOf(recordOf(scaling).MaxExecutionEnvironments, NaN);
  return {
    perEnvironment: Math.min(max, Math.max(min, perEnvironment)),
    ...(!Number.isNaN(maxEnvironments) && { maxEnvironments }),
  };
}
