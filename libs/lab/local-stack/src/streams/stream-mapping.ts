import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDbEvent, KinesisEvent } from '@parallel-lambda/event-sources';
import {
  StateMachineMapping,
  type StateMachineMappingOptions,
} from '@parallel-lambda/event-sources/real-time';

import type { FunctionMetrics } from '../function-metrics.ts';
import type { MappedInvoker } from '../mapping/mapped-invoker.ts';
import { type MappingDefinition } from '../stack/mapping-definition.ts';
import { queueUrl } from '../stack/referable.ts';
import { failureRecord } from './failure-record.ts';
import type { Fed } from './stream-sources.ts';

/** Where a mapping's dead letters go, and what it invokes. */
export interface StreamMappingContext {
  readonly client: SQSClient;
  readonly endpoint: string;
  readonly invoker: MappedInvoker;
  /** Of the function. */
  readonly metrics: FunctionMetrics;
}

/** Gives what is put into a source to a function; what is given up goes to the mapping's on-failure queue. */
export function streamMapping(
  definition: MappingDefinition,
  fed: Fed,
  { client, endpoint, invoker, metrics }: StreamMappingContext,
): StateMachineMapping {
  const { onFailure } = definition;
  const options: StateMachineMappingOptions = {
    source: fed.source,
    ...invoker,
    invoke(event) {
      const nowMs = Date.now();
      const arrivedAtMs = lastArrivalMs(event);
      if (arrivedAtMs !== undefined) metrics.record('IteratorAge', Math.max(nowMs - arrivedAtMs, 0), nowMs);
      return invoker.invoke(event);
    },
    onDiscarded(batches) {
      const name = onFailure?.split(':')[5];
      if (name === undefined) return;
      for (const batch of batches) {
        const MessageBody = JSON.stringify(
          failureRecord(definition, batch, batch.result && invoker.invocationOf(batch.result)),
        );
        const QueueUrl = queueUrl(endpoint, name);
        const fifo = name.endsWith('.fifo') && {
          MessageGroupId: definition.logicalId,
          MessageDeduplicationId: `${batch.atMs}-${batch.records[0]?.id ?? ''}`,
        };
        client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...fifo })).catch(invoker.onError);
      }
    },
  };
  const mapping = new StateMachineMapping(options);
  fed.wake = () => {
    mapping.wake();
  };
  return mapping;
}

/**
 * When the last record of a stream's event arrived; of Kafka, whose lag is counted otherwise, nothing.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
function lastArrivalMs(event: object): number | undefined {
  const { Records = [] } = event as Partial<KinesisEvent> | Partial<DynamoDbEvent>;
  const last = Records.at(-1);
  if (!last) return undefined;
  return (
    1000 *
    ('kinesis' in last ? last.kinesis.approximateArrivalTimestamp : last.dynamodb.ApproximateCreationDateTime)
  );
}
