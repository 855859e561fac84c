import { type FunctionDefinition } from '@parallel-lambda/local-lambda';
import { account, type QueueDefinition, type StacksOfAssembly } from '@parallel-lambda/local-stack';

/** More often than a flaky message fails, and no more: what never succeeds is soon a dead letter. */
const maxReceiveCount = 3;

/** A stack of one function, a queue that it reads ten messages at a time, and a queue of dead letters. */
export function stackAround(definition: FunctionDefinition): StacksOfAssembly {
  const deadLetters = queue('DeadLetterQueue', {});
  const { arn: deadLetterTargetArn } = deadLetters;
  const messages = queue('Queue', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
  });
  const mapping = {
    logicalId: 'Mapping',
    source: 'sqs',
    sourceArn: messages.arn,
    topics: [],
    functionName: definition.name,
    batchSize: 10,
    windowMs: 0,
    reportBatchItemFailures: true,
    parallelizationFactor: 1,
    pollers: 1,
    bisectBatchOnFunctionError: false,
    maximumRetries: -1,
    maximumRecordAgeMs: -1,
    filters: [],
    notes: [],
  } as const;
  const stack = {
    name: 'Check',
    queues: [deadLetters, messages],
    streams: [],
    tables: [],
    topics: [],
    subscriptions: [],
    mappings: [mapping],
    skipped: [],
    warnings: [],
    outputs: () => new Map<string, string>(),
  };
  const assembly = { folder: definition.codeFolder, functions: [definition], skipped: [] };
  return { assembly, stacks: [stack] };
}

function queue(name: string, attributes: QueueDefinition['attributes']): QueueDefinition {
  const arn = `arn:aws:sqs:us-east-1:${account}:${name}`;
  return { name, logicalId: name, arn, fifo: false, attributes };
}
