import { functionNameOf } from './mapped-source.ts';
import { numberOf } from './property-values.ts';
import type { ResolvedResource } from './resolve-templates.ts';
import { recordOf } from './template-resource.ts';

/**
 * Settings of a template for the asynchronous events of a function. Those that are missing have Lambda's defaults.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
 */
export interface AsynchronousDefinition {
  readonly functionName: string;
  /** Further invocations after a failure: 0 to 2. */
  readonly maximumRetries?: number;
  /** 60,000 to 21,600,000. */
  readonly maximumAgeMs?: number;
  /** ARN of a queue, topic or function that receives a record of each success. */
  readonly onSuccess?: string;
  /** ARN of a queue, topic or function that receives a record of each event that failed or became too old. */
  readonly onFailure?: string;
  /** ARN of the queue or topic that receives these events themselves. */
  readonly deadLetters?: string;
}

/** Reads the `AWS::Lambda::EventInvokeConfig` and the `DeadLetterConfig` of each function. */
export function readAsynchronous(resources: readonly ResolvedResource[]): readonly AsynchronousDefinition[] {
  const partial = resources.flatMap((resource): AsynchronousDefinition[] => {
    if (resource.type === 'AWS::Lambda::EventInvokeConfig') return readInvokeConfig(resource);
    if (resource.type === 'AWS::Lambda::Function') return readDeadLetters(resource);
    return [];
  });
  return [...Map.groupBy(partial, ({ functionName }) => functionName).values()].map(
    (parts) => Object.assign({}, ...parts) as AsynchronousDefinition,
  );
}

function readInvokeConfig({ properties }: ResolvedResource): AsynchronousDefinition[] {
  const functionName = functionNameOf(properties.FunctionName);
  if (functionName === undefined) return [];
  const { OnSuccess, OnFailure } = recordOf(properties.DestinationConfig);
  const retries = numberOf(properties.MaximumRetryAttempts, NaN);
  const ageSeconds = numberOf(properties.MaximumEventAgeInSeconds, NaN);
  return [
    {
      functionName,
      ...(!Number.isNaN(retries) && { maximumRetries: retries }),
      ...(!Number.isNaN(ageSeconds) && { maximumAgeMs: 1000 * ageSeconds }),
      ...arnAs('onSuccess', recordOf(OnSuccess).Destination),
      ...arnAs('onFailure', recordOf(OnFailure).Destination),
    },
  ];
}

function readDeadLetters({ name, properties }: ResolvedResource): AsynchronousDefinition[] {
  const { TargetArn: target } = recordOf(properties.DeadLetterConfig);
  return target === undefined ? [] : [{ functionName: name, ...arnAs('deadLetters', target) }];
}

function arnAs<Key extends string>(key: Key, arn: unknown): Partial<Record<Key, string>> {
  return typeof arn === 'string' ? ({ [key]: arn } as Record<Key, string>) : {};
}
