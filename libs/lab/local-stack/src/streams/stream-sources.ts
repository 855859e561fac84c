import {
  DynamoDbStream,
  KafkaTopics,
  KinesisStream,
  recordFilter,
  type RecordFilter,
  type StreamOptions,
  type StreamSource,
} from '@parallel-lambda/event-sources';

import type { MappingDefinition } from '../stack/mapping-definition.ts';
import type { Stack } from '../stack/read-stacks.ts';

/** A source that runs on its state machine, and the mappings that deliver its records. */
export interface Fed<Source extends StreamSource = StreamSource> {
  readonly source: Source;
  /** Delivers the waiting records. */
  wake: () => void;
}

/** The streams, tables and topics of stacks, by the name that records are put under; each feeds its mappings. */
export class StreamSources {
  readonly kinesis = new Map<string, Fed<KinesisStream>[]>();
  readonly tables = new Map<string, Fed<DynamoDbStream>[]>();
  readonly topics = new Map<string, Fed<KafkaTopics>[]>();

  /**
   * Makes the source of a mapping.
   *
   * @returns nothing for a mapping of a queue, or of a resource outside of the stacks
   */
  add(definition: MappingDefinition, stacks: readonly Stack[]): Fed | undefined {
    switch (definition.source) {
      case 'kinesis': {
        const stream = stacks
          .flatMap(({ streams }) => streams)
          .find(({ arn }) => arn === definition.sourceArn);
        if (!stream) return undefined;
        const { name, arn, shards } = stream;
        return fed(this.kinesis, name, new KinesisStream({ ...optionsOf(definition), name, arn, shards }));
      }
      case 'dynamodb': {
        const table = stacks
          .flatMap(({ tables }) => tables)
          .find(({ streamArn }) => streamArn === definition.sourceArn);
        if (!table) return undefined;
        const { name } = table;
        const options = { ...optionsOf(definition), name, arn: definition.sourceArn };
        return fed(this.tables, name, new DynamoDbStream(options));
      }
      case 'kafka': {
        const { pollers, onFailure, sourceArn, bootstrapServers } = definition;
        const source = new KafkaTopics({
          ...optionsOf(definition),
          pollers,
          onFailureDestination: onFailure !== undefined,
          ...(sourceArn === 'self-managed' ? { selfManaged: true } : { clusterArn: sourceArn }),
          ...(bootstrapServers !== undefined && { bootstrapServers }),
        });
        const [first = 'topic', ...others] = definition.topics;
        const one = fed(this.topics, first, source);
        for (const topic of others) this.topics.set(topic, [...(this.topics.get(topic) ?? []), one]);
        return one;
      }
      case 'sqs':
        return undefined;
    }
  }
}

/** Milliseconds before a batch is retried. AWS does not publish its delay. */
const retryDelayMs = 1_000;

function optionsOf(definition: MappingDefinition): StreamOptions & { readonly accepts: RecordFilter } {
  const { batchSize, windowMs, parallelizationFactor, bisectBatchOnFunctionError, reportBatchItemFailures } =
    definition;
  const { maximumRetries, maximumRecordAgeMs, source, filters } = definition;
  return {
    accepts: recordFilter(source, filters),
    batchSize,
    windowMs,
    parallelizationFactor,
    bisectBatchOnFunctionError,
    reportBatchItemFailures,
    maximumRetries,
    maximumRecordAgeMs,
    retryDelayMs,
  };
}

function fed<Source extends StreamSource>(
  all: Map<string, Fed<Source>[]>,
  name: string,
  source: Source,
): Fed<Source> {
  const added: Fed<Source> = { source, wake: () => undefined };
  all.set(name, [...(all.get(name) ?? []), added]);
  return added;
}
