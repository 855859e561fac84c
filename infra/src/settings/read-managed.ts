import type { Context } from './context.ts';
import { readChoice } from './read-choice.ts';
import type { ManagedInstancesSettings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Reads whether the functions run on Lambda Managed Instances, and in which network.
 *
 * @returns nothing when they do not
 * @throws {SettingsError} when the network is not said, or not rightly
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CapacityProviderVpcConfig.html
 */
export function readManaged(context: Context): ManagedInstancesSettings | undefined {
  const { managedInstances } = context;
  // In cdk.json it is no text.
  const wish = typeof managedInstances === 'boolean' ? String(managedInstances) : managedInstances;
  if (readChoice({ managedInstances: wish }, 'managedInstances', ['false', 'true']) === 'false')
    return undefined;
  return {
    subnets: readIds(context, 'subnets', /^subnet-[0-9a-f]+$/, 16),
    securityGroups: readIds(context, 'securityGroups', /^sg-[0-9a-f]+$/, 5),
  };
}

function readIds(context: Context, name: string, id: RegExp, most: number): readonly string[] {
  const value = context[name];
  const ids = typeof value === 'string' ? value.split(',') : [];
  if (ids.length > 0 && ids.length <= most && ids.every((each) => id.test(each))) return ids;
  throw new SettingsError(
    `managedInstances=true needs ${name}, 1 to ${most} ids of a network of yours that reaches CloudWatch, with commas between them, not ${value === undefined ? 'nothing' : JSON.stringify(value)}.`,
  );
}
