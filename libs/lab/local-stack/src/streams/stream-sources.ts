import {
  DynamoDbStream,
  KafkaTopics,
  KinesisStream,
  type StreamOptions,
  type StreamSource,
} from '@parallel-lambda/event-sources';
import type { MappingDefinition } from '../stack/mapping-definition.ts';
import type { Stack } from '../stack/read-stacks.ts';

/** A source that runs on its state machine, and who hands out what is put into it. */
export interface Fed<Source extends StreamSource = StreamSource> {
  readonly source: Source;
  /** Hands out what there is. */
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
   * @returns nothing for a mapping of a queue, or of what the stacks do not hold
   */
  add(definition: MappingDefinition, stacks: readonly Stack[]): Fed | undefined {
    switch (definition.source) {
      case 'kinesis': {
        const stream = stacks
          .flatMap(({ streams }) => streams)
          .find(({ arn }) => arn === definition.sourceArn);
        if (!stream) return undefined;
        const { name, shards } = stream;
        return fed(this.kinesis, name, new KinesisStream({ ...optionsOf(definition), name, shards }));
      }
      case 'dynamodb': {
        const table = stacks
          .flatMap(({ tables }) => tables)
          .find(({ streamArn }) => streamArn === definition.sourceArn);
        if (!table) return undefined;
        const { name } = table;
        return fed(this.tables, name, new DynamoDbStream({ ...optionsOf(definition), name }));
      }
      case 'kafka': {
        const { pollers, onFailure, sourceArn } = definition;
        const options = optionsOf(definition);
        const onFailureDestination = onFailure !== undefined;
        const selfManaged = sourceArn === 'self-managed';
        const source = new KafkaTopics({ ...options, pollers, onFailureDestination, selfManaged });
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

/** How long AWS waits before it tries a batch again is not published; here it is long enough to be seen. */
const retryDelayMs = 1_000;

function optionsOf(definition: MappingDefinition): StreamOptions {
  const { batchSize, windowMs, parallelizationFactor, bisectBatchOnFunctionError, reportBatchItemFailures } =
    definition;
  const { maximumRetries, maximumRecordAgeMs } = definition;
  return {
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
