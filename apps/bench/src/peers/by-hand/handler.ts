import { workOn, type SqsEvent } from '../sqs.ts';

const workers = 100;

/** The least that promises can do for a bounded batch: loops with one cursor, an error is its message's, and nothing else. */
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
