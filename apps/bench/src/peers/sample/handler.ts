import { workOn, type SqsEvent, type SqsRecord } from '../sqs.ts';

const workers = Number(process.env.WORKERS ?? 4);

/** The pattern of the AWS sample `lambda-with-multithreading`: async loops over one list, 4 of them, all awaited. */
export async function handler({ Records: records }: SqsEvent): Promise<unknown> {
  const left: SqsRecord[] = [...records];
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const worker = async (): Promise<void> => {
    for (let record = left.shift(); record; record = left.shift()) {
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
