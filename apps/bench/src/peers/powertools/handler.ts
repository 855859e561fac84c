import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';

import { workOn, type SqsEvent } from '../sqs.ts';

const processor = new BatchProcessor(EventType.SQS);

/** The way Powertools' documentation has it, but for the error that it throws where every message failed. */
export async function handler(event: SqsEvent): Promise<unknown> {
  return processPartialResponse(event as Parameters<typeof processPartialResponse>[0], workOn, processor, {
    throwOnFullBatchFailure: false,
  });
}
