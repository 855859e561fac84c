import type { References } from './references.ts';
import { recordOf, type TemplateResource } from './template-resource.ts';

/** Where a mapping reads. */
export type MappedSource = 'sqs' | 'kinesis' | 'dynamodb' | 'kafka';

/**
 * An event source mapping of a template, with Lambda's defaults for what was left out.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
export interface MappingDefinition {
  readonly logicalId: string;
  readonly source: MappedSource;
  /** Of the queue, the stream, the table's stream or the cluster. */
  readonly sourceArn: string;
  /** Of Kafka. */
  readonly topics: readonly string[];
  /** Of the function: what `Ref` gives. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportBatchItemFailures: boolean;
  /** Of a queue: concurrent invocations at most. Absent without a bound of its own. */
  readonly maximumConcurrency?: number;
  /** Of a stream: concurrent batches a shard. */
  readonly parallelizationFactor: number;
  /** Of Kafka, in provisioned mode. */
  readonly pollers: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** −1 is without end. */
  readonly maximumRetries: number;
  readonly maximumRecordAgeMs: number;
  /** ARN of a queue for what a stream's mapping has given up. */
  readonly onFailure?: string;
}

/** Reads one `AWS::Lambda::EventSourceMapping`; a sentence says why it cannot be served. */
export function readMapping(
  { logicalId, properties }: TemplateResource,
  references: References,
): MappingDefinition | string {
  if (properties.Enabled === false) return 'it is disabled';
  const functionName = functionNameOf(references.text(properties.FunctionName));
  if (functionName === undefined) return 'its function is not served';
  const kafka = 'SelfManagedEventSource' in properties;
  const sourceArn = references.text(properties.EventSourceArn) ?? (kafka ? 'self-managed' : undefined);
  if (sourceArn === undefined) return 'its source is not served';
  const source = kafka ? 'kafka' : sourceOf(sourceArn);
  if (!source) return `its source is of a kind that is not served: ${sourceArn}`;
  const { MaximumConcurrency: concurrency } = recordOf(properties.ScalingConfig);
  const onFailure = references.text(recordOf(recordOf(properties.DestinationConfig).OnFailure).Destination);
  const types = properties.FunctionResponseTypes;
  const ageSeconds = number(properties.MaximumRecordAgeInSeconds, -1);
  return {
    logicalId,
    source,
    sourceArn,
    topics: Array.isArray(properties.Topics)
      ? properties.Topics.filter((topic) => typeof topic === 'string')
      : [],
    functionName,
    batchSize: number(properties.BatchSize, source === 'sqs' ? 10 : 100),
    // For Kafka half a second, which the property itself, in whole seconds, cannot say.
    windowMs: 1000 * number(properties.MaximumBatchingWindowInSeconds, source === 'kafka' ? 0.5 : 0),
    reportBatchItemFailures: Array.isArray(types) && types.includes('ReportBatchItemFailures'),
    ...(typeof concurrency === 'number' && { maximumConcurrency: concurrency }),
    parallelizationFactor: number(properties.ParallelizationFactor, 1),
    pollers: number(recordOf(properties.ProvisionedPollerConfig).MaximumPollers, 1),
    bisectBatchOnFunctionError: properties.BisectBatchOnFunctionError === true,
    maximumRetries: number(properties.MaximumRetryAttempts, -1),
    maximumRecordAgeMs: ageSeconds === -1 ? Infinity : 1000 * ageSeconds,
    ...(onFailure !== undefined && { onFailure }),
  };
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** A function may be named by its ARN too. */
function functionNameOf(reference: string | undefined): string | undefined {
  return reference?.startsWith('arn:') ? reference.split(':')[6] : reference;
}

function sourceOf(arn: string): MappedSource | undefined {
  const service = arn.split(':')[2];
  return (['sqs', 'kinesis', 'dynamodb', 'kafka'] as const).find((known) => known === service);
}
