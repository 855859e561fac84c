import { workOn, type SqsEvent } from '../sqs.ts';

const workers = 100;

/** The simplest bounded loop of promises: one cursor, and failed messages in the response. */
export async function handler({ Records: records }: SqsEvent): Promise<unknown> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let record = records[next++]; record; record = records[next++]) {
      try {
        await workOn(record);
      } catch {
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return { batchItemFailures };
}
