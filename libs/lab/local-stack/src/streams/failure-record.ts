import type { DiscardedBatch } from '@parallel-lambda/event-sources';
import type { InvocationResult } from '@parallel-lambda/local-lambda';

import type { MappingDefinition } from '../stack/mapping-definition.ts';
import { functionArn } from '../stack/names.ts';

/**
 * Failure record of Lambda: the position of the records, not the records.
 *
 * @param invocation the last of the batch; none of records that had become too old
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export function failureRecord(
  definition: MappingDefinition,
  batch: DiscardedBatch,
  invocation: InvocationResult | undefined,
): object {
  return {
    requestContext: {
      ...(invocation && { requestId: invocation.requestId }),
      functionArn: functionArn(definition.functionName),
      condition: batch.reason === 'age' ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
      approximateInvokeCount: batch.invocations,
    },
    ...(invocation && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(invocation.status !== 'success' && { functionError: invocation.functionError }),
      },
    }),
    version: '1.0',
    timestamp: time(batch.atMs),
    ...batchInfo(definition, batch),
  };
}

function batchInfo({ source, sourceArn }: MappingDefinition, { records }: DiscardedBatch): object {
  if (source === 'kafka') {
    return {
      KafkaBatchInfo: {
        batchSize: records.length,
        eventSourceArn: sourceArn,
        payloadSize: records.reduce((sum, { bytes }) => sum + bytes, 0),
        recordsInfo: recordsInfo(records),
      },
    };
  }
  const [first, last] = [records[0], records.at(-1)];
  const info = {
    shardId: first?.place,
    startSequenceNumber: first?.id,
    endSequenceNumber: last?.id,
    approximateArrivalOfFirstRecord: time(first?.arrivedAtMs),
    approximateArrivalOfLastRecord: time(last?.arrivedAtMs),
    batchSize: records.length,
    streamArn: sourceArn,
  };
  return source === 'kinesis' ? { KinesisBatchInfo: info } : { DDBStreamBatchInfo: info };
}

/** Offsets by topic and partition. */
function recordsInfo(records: DiscardedBatch['records']): object {
  const offset = (id = ''): string => id.slice(id.lastIndexOf('@') + 1);
  const ranges = [...Map.groupBy(records, ({ place }) => place)].map(([place, own]) => {
    const [first, last] = [own[0], own.at(-1)];
    const range = {
      firstRecordOffset: offset(first?.id),
      lastRecordOffset: offset(last?.id),
      firstRecordTimestamp: time(first?.arrivedAtMs),
      lastRecordTimestamp: time(last?.arrivedAtMs),
    };
    return [place, range] as const;
  });
  return Object.fromEntries(ranges);
}

function time(ms = 0): string {
  return new Date(ms).toISOString();
}
