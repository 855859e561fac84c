import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';

import { workOn, type SqsEvent } from '../sqs.ts';

const processor = new BatchProcessor(EventType.SQS);

/** Powertools as in its documentation, without its error if every message failed. */
export async function handler(event: SqsEvent): Promise<unknown> {
  return processPartialResponse(event as Parameters<typeof processPartialResponse>[0], workOn, processor, {
    throwOnFullBatchFailure: false,
  });
}
