import { describe } from '../describe.ts';
import { ParallelLambdaError } from '../errors.ts';
import { dynamoDb, dynamoDbPipe } from './dynamodb.ts';
import { kafka, kafkaPipe } from './kafka.ts';
import { kinesis, kinesisPipe } from './kinesis.ts';
import type { Source } from './source.ts';
import { sqsFifo } from './sqs-fifo.ts';
import { sqs } from './sqs.ts';

/** Every source that an event source mapping polls. A new source is a file beside this one and a name in this list. */
export const sources: readonly Source[] = [sqs, sqsFifo, kinesis, dynamoDb, kafka];

/** The same sources through EventBridge Pipes, whose SQS records are those of a mapping. */
export const pipeSources: readonly Source[] = [sqs, sqsFifo, kinesisPipe, dynamoDbPipe, kafkaPipe];

/**
 * Returns the source of this name, where only the name crosses: in a thread.
 *
 * @throws {ParallelLambdaError} when no source has this name
 */
export function sourceNamed(name: string): Source {
  const all = [...new Set([...sources, ...pipeSources])];
  const source = all.find((candidate) => candidate.name === name);
  if (source) return source;
  const known = all.map((candidate) => candidate.name).join(', ');
  throw new ParallelLambdaError(`Unknown source ${describe(name)}: expected one of ${known}.`);
}
