import { describe } from '../describe.ts';
import { ParallelLambdaError } from '../errors.ts';
import { dynamoDb } from './dynamodb.ts';
import { kafka } from './kafka.ts';
import { kinesis } from './kinesis.ts';
import type { Source } from './source.ts';
import { sqsFifo } from './sqs-fifo.ts';
import { sqs } from './sqs.ts';

/** Every source that batches may come from. A new source is a file beside this one and a name in this list. */
export const sources: readonly Source[] = [sqs, sqsFifo, kinesis, dynamoDb, kafka];

/**
 * Returns the source of this name, where only the name crosses: in a thread.
 *
 * @throws {ParallelLambdaError} when no source has this name
 */
export function sourceNamed(name: string): Source {
  const source = sources.find((candidate) => candidate.name === name);
  if (source) return source;
  const known = sources.map((candidate) => candidate.name).join(', ');
  throw new ParallelLambdaError(`Unknown source ${describe(name)}: expected one of ${known}.`);
}
