import type { SQSClient } from '@aws-sdk/client-sqs';
import { recordFilter } from '@parallel-lambda/event-sources';
import { SqsMapping } from '@parallel-lambda/event-sources/real-time';

import { type MappingDefinition } from '../stack/mapping-definition.ts';
import { type QueueDefinition } from '../stack/queue-definition.ts';
import { queueUrl } from '../stack/referable.ts';
import type { MappedInvoker } from './mapped-invoker.ts';

/** SQS's own default. */
const defaultVisibilitySeconds = 30;

/** Polls a queue with the settings of its mapping. */
export function queueMapping(
  definition: MappingDefinition,
  queue: QueueDefinition,
  { client, endpoint, invoker }: { client: SQSClient; endpoint: string; invoker: MappedInvoker },
): SqsMapping {
  const { batchSize, windowMs, maximumConcurrency, provisionedPollers, filters } = definition;
  const { reportBatchItemFailures } = definition;
  return new SqsMapping({
    client,
    queueUrl: queueUrl(endpoint, queue.name),
    queueArn: queue.arn,
    visibilityTimeoutMs: 1000 * Number(queue.attributes.VisibilityTimeout ?? defaultVisibilitySeconds),
    batchSize,
    windowMs,
    maximumConcurrency,
    provisionedPollers,
    reportBatchItemFailures,
    accepts: recordFilter('sqs', filters),
    ...invoker,
  });
}
