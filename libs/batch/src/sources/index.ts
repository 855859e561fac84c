import { dynamoDb } from './dynamodb.ts';
import { kafka } from './kafka.ts';
import { kinesis } from './kinesis.ts';
import type { Source } from './source.ts';
import { sqsFifo } from './sqs-fifo.ts';
import { sqs } from './sqs.ts';

/** Every source that batches may come from. A new source is a file beside this one and a name in this list. */
export const sources: readonly Source[] = [sqs, sqsFifo, kinesis, dynamoDb, kafka];

/** The source of a name, where only the name crosses: in a thread. */
export function sourceNamed(name: string): Source {
  return sources.find((source) => source.name === name) ?? sqs;
}
