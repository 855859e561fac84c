import type { DynamoDbEvent, KinesisEvent } from '@parallel-lambda/event-sources';
import {
  StateMachineMapping,
  type StateMachineMappingOptions,
} from '@parallel-lambda/event-sources/real-time';

import type { Deliver } from '../asynchronous/deliver.ts';
import type { FunctionMetrics } from '../function-metrics.ts';
import type { MappedInvoker } from '../mapping/mapped-invoker.ts';
import { type MappingDefinition } from '../stack/mapping-definition.ts';
import { failureRecord } from './failure-record.ts';
import type { Fed } from './stream-sources.ts';

/** Failure destination and function of a mapping. */
export interface StreamMappingContext {
  readonly deliver: Deliver;
  readonly invoker: MappedInvoker;
  /** ARN of the function. */
  readonly metrics: FunctionMetrics;
}

/** Invokes a function with the records of a source. Discarded batches go to the failure destination of the mapping. */
export function streamMapping(
  definition: MappingDefinition,
  fed: Fed,
  { deliver, invoker, metrics }: StreamMappingContext,
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
      if (onFailure === undefined) return;
      for (const batch of batches) {
        const invocation = batch.result && invoker.invocationOf(batch.result);
        const fifo = {
          MessageGroupId: definition.logicalId,
          MessageDeduplicationId: `${batch.atMs}-${batch.records[0]?.id ?? ''}`,
        };
        const body = JSON.stringify(failureRecord(definition, batch, invocation));
        deliver(onFailure, { body, fifo }).catch(invoker.onError);
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
 * Returns the arrival time of the last record of a stream's event; undefined for Kafka, whose lag is counted otherwise.
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
