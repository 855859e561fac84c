import type { Message } from '@parallel-lambda/batch';
import { work } from '@parallel-lambda/workload';
import pMap from 'p-map';

interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** The way p-map's readme has it, with what SQS needs around it: no deadline, no order, no check of the response. */
export async function handler(event: SqsEvent): Promise<unknown> {
  const context = {
    signal: new AbortController().signal,
    deadlineMs: undefined,
    requestId: undefined,
    functionArn: undefined,
  };
  const batchItemFailures: { itemIdentifier: string }[] = [];
  await pMap(
    event.Records,
    async ({ messageId: id, body: text }) => {
      try {
        await work({ id, text, receiveCount: 1 } as Message, context);
      } catch {
        batchItemFailures.push({ itemIdentifier: id });
      }
    },
    { concurrency: 100 },
  );
  return { batchItemFailures };
}
