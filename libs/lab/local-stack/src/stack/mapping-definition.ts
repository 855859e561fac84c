import { PatternError, recordFilter } from '@parallel-lambda/event-sources';

import { functionNameOf, sourceArnOf, sourceOf, type MappedSource } from './mapped-source.ts';
import { isTrue, numberOf } from './property-values.ts';
import type { ResolvedResource } from './resolve-templates.ts';
import { settingsWithoutEffect } from './settings-without-effect.ts';
import { recordOf } from './template-resource.ts';

/**
 * An event source mapping of a template, with Lambda's defaults for missing settings.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
export interface MappingDefinition {
  readonly logicalId: string;
  readonly source: MappedSource;
  /** ARN of the queue, the stream, the table's stream or the cluster. */
  readonly sourceArn: string;
  /** Topics of Kafka. */
  readonly topics: readonly string[];
  /** Logical id of the function. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportBatchItemFailures: boolean;
  /** Maximum concurrent invocations of a queue. Absent without a limit. */
  readonly maximumConcurrency?: number;
  /** Event pollers of a queue in provisioned mode. */
  readonly provisionedPollers?: { readonly minimum: number; readonly maximum: number };
  /** Concurrent batches per shard of a stream. */
  readonly parallelizationFactor: number;
  /** Pollers of Kafka, in provisioned mode. */
  readonly pollers: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** −1 is without end. */
  readonly maximumRetries: number;
  readonly maximumRecordAgeMs: number;
  /** ARN of the failure destination of a stream's mapping: a queue. */
  readonly onFailure?: string;
  /** Event patterns as JSON: the function is given records that match one of them, or all records without a pattern. */
  readonly filters: readonly string[];
  /** Brokers of self-managed Kafka: host and port of each, separated by commas. */
  readonly bootstrapServers?: string;
  /** Settings without effect here, a sentence each. */
  readonly notes: readonly string[];
}

/** Reads one `AWS::Lambda::EventSourceMapping`; returns a sentence with the reason if it cannot be served. */
export function readMapping(resource: ResolvedResource): MappingDefinition | string {
  const { logicalId, properties, placeholders } = resource;
  if (String(properties.Enabled) === 'false') return 'it is disabled';
  const functionName = functionNameOf(properties.FunctionName);
  if (functionName === undefined) return 'it has no function';
  const kafka = 'SelfManagedEventSource' in properties;
  const sourceArn = kafka ? 'self-managed' : sourceArnOf(properties.EventSourceArn);
  if (sourceArn === undefined) return 'it has no event source';
  // The ARN of a cluster may be a parameter; only Kafka has topics.
  const source = kafka || Array.isArray(properties.Topics) ? 'kafka' : sourceOf(sourceArn);
  const unserved = placeholders.find(({ property }) => property === 'EventSourceArn')?.of;
  // The cluster that a topic is in is never a resource that is served.
  if (unserved !== undefined && source !== 'kafka') return `its source is not served here: ${unserved}`;
  if (!source) return `its source is of a type that is not served: ${sourceArn}`;
  const filters = filtersOf(properties.FilterCriteria);
  const wrongFilter = problemWith(source, filters);
  if (wrongFilter !== undefined) return wrongFilter;
  const servers = serversOf(properties.SelfManagedEventSource);
  const concurrency = numberOf(recordOf(properties.ScalingConfig).MaximumConcurrency, NaN);
  const pollers = recordOf(properties.ProvisionedPollerConfig);
  const onFailure = recordOf(recordOf(properties.DestinationConfig).OnFailure).Destination;
  const types = properties.FunctionResponseTypes;
  const ageSeconds = numberOf(properties.MaximumRecordAgeInSeconds, -1);
  return {
    logicalId,
    source,
    sourceArn,
    topics: Array.isArray(properties.Topics)
      ? properties.Topics.filter((topic) => typeof topic === 'string')
      : [],
    functionName,
    batchSize: numberOf(properties.BatchSize, source === 'sqs' ? 10 : 100),
    // For Kafka half a second, which the property itself, in whole seconds, cannot say.
    windowMs: 1000 * numberOf(properties.MaximumBatchingWindowInSeconds, source === 'kafka' ? 0.5 : 0),
    reportBatchItemFailures: Array.isArray(types) && types.includes('ReportBatchItemFailures'),
    ...(!Number.isNaN(concurrency) && { maximumConcurrency: concurrency }),
    ...(source === 'sqs' &&
      'ProvisionedPollerConfig' in properties && { provisionedPollers: pollersOf(pollers) }),
    parallelizationFactor: numberOf(properties.ParallelizationFactor, 1),
    pollers: numberOf(pollers.MaximumPollers, 1),
    bisectBatchOnFunctionError: isTrue(properties.BisectBatchOnFunctionError),
    maximumRetries: numberOf(properties.MaximumRetryAttempts, -1),
    maximumRecordAgeMs: ageSeconds === -1 ? Infinity : 1000 * ageSeconds,
    ...(typeof onFailure === 'string' && { onFailure }),
    filters,
    ...(servers !== undefined && { bootstrapServers: servers }),
    notes: settingsWithoutEffect(source, resource),
  };
}

function filtersOf(criteria: unknown): readonly string[] {
  const { Filters: filters } = recordOf(criteria);
  return Array.isArray(filters) ? filters.map((filter) => String(recordOf(filter).Pattern)) : [];
}

function problemWith(source: MappedSource, filters: readonly string[]): string | undefined {
  try {
    recordFilter(source, filters);
    return undefined;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return `its FilterCriteria are not valid: ${error.message}`;
  }
}

function serversOf(source: unknown): string | undefined {
  const { KafkaBootstrapServers: servers } = recordOf(recordOf(source).Endpoints);
  return Array.isArray(servers) ? servers.join(',') : undefined;
}

/** Lambda's defaults are 2 and 200. */
function pollersOf(config: Readonly<Record<string, unknown>>): { minimum: number; maximum: number } {
  return { minimum: numberOf(config.MinimumPollers, 2), maximum: numberOf(config.MaximumPollers, 200) };
}
