import {
  batchHandler,
  type BatchEnd,
  type BatchHandlerOptions,
  type Message,
  type Technique,
} from '@parallel-lambda/batch';
import { promiseWorkers } from '@parallel-lambda/promise-workers';

import { sqsRedelivery, type SqsRedeliveryOptions } from '../src/index.ts';
import work from './work.ts';

/** Result of a batch. */
export interface Processed {
  /** Messages that the response reports. */
  readonly reported: readonly unknown[];
  readonly end: BatchEnd;
  readonly log: readonly string[];
}

/** Has a technique process an event: by default promise workers. */
export async function fatesOf(
  event: object,
  redelivery: SqsRedeliveryOptions,
  {
    run = work,
    remainingMs,
    technique = promiseWorkers({
      work: async (message) => {
        await run(message);
      },
    }),
    ...options
  }: BatchHandlerOptions & {
    run?: (message: Message) => unknown;
    remainingMs?: number;
    technique?: Technique;
  } = {},
): Promise<Processed> {
  const ends: BatchEnd[] = [];
  const log: string[] = [];
  const write = (line: string): unknown => log.push(line);
  const handler = batchHandler(technique, {
    redelivery: sqsRedelivery(redelivery),
    onBatchEnd: (end) => ends.push(end),
    logger: { error: write, warn: write },
    ...options,
  });
  const context = { awsRequestId: 'request', invokedFunctionArn: 'arn:function' };
  const response = await handler(event, {
    ...context,
    ...(remainingMs !== undefined && { getRemainingTimeInMillis: () => remainingMs }),
  });
  const [end] = ends;
  if (!end) throw new Error('The batch has no end');
  return { reported: response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), end, log };
}
