import type { FunctionDefinition } from '@parallel-lambda/local-lambda';
import { expect, it } from 'vitest';

import { serviceMap } from '../src/service-map.ts';
import type { MappingDefinition } from '../src/stack/mapping-definition.ts';
import type { QueueDefinition } from '../src/stack/queue-definition.ts';
import type { Stack, StacksOfAssembly } from '../src/stack/read-stacks.ts';
import { withSettings } from '../src/stack-settings.ts';

const worker: FunctionDefinition = {
  name: 'worker-threads',
  logicalId: 'WorkerThreads',
  codeFolder: '/worker-threads',
  handler: 'handler.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memoryMb: 1769,
  timeoutSeconds: 30,
  environment: {},
  logFormat: 'JSON',
  notes: [],
};

const queue = (name: string, fifo = false): QueueDefinition => ({
  name,
  logicalId: name,
  arn: `arn:${name}`,
  fifo,
  attributes: { VisibilityTimeout: '180' },
});

const mapping = (of: QueueDefinition): MappingDefinition => ({
  logicalId: 'Mapping',
  source: 'sqs',
  sourceArn: of.arn,
  topics: [],
  functionName: 'worker-threads',
  batchSize: 7,
  windowMs: 1000,
  reportBatchItemFailures: true,
  parallelizationFactor: 1,
  pollers: 1,
  bisectBatchOnFunctionError: false,
  maximumRetries: -1,
  maximumRecordAgeMs: Infinity,
  filters: [],
  notes: [],
});

function stacks(...queues: readonly QueueDefinition[]): StacksOfAssembly {
  const stack: Stack = {
    name: 'Stack',
    functions: [],
    queues: [...queues, queue('dead')],
    streams: [],
    tables: [],
    topics: [],
    subscriptions: [],
    asynchronous: [],
    mappings: queues.map(mapping),
    skipped: [],
    warnings: [],
    outputs: (endpoint) =>
      new Map([
        ['WorkerThreadsQueueUrl', `${endpoint}/q`],
        ['WorkerThreadsDeadLetterQueueUrl', `${endpoint}/d`],
        ['WorkerThreadsElse', 'unknown'],
        ['WorkersQueueUrl', 'of another'],
      ]),
  };
  return { assembly: { folder: '/', functions: [worker], skipped: [] }, stacks: [stack] };
}

it('does not change a stack without options', () => {
  const read = stacks(queue('standard'));
  const [changed] = withSettings(read, {}).stacks;
  expect(changed?.queues).toEqual(read.stacks[0]?.queues);
  expect(changed?.mappings).toEqual(read.stacks[0]?.mappings);
});

it('changes the queues that are read, no dead-letter queue, and no FIFO batch beyond ten', () => {
  const settings = { visibilityTimeout: 2, batchSize: 500, window: 3 };
  const [changed] = withSettings(stacks(queue('standard'), queue('ordered', true)), settings).stacks;
  expect(changed?.queues.map(({ attributes }) => attributes.VisibilityTimeout)).toEqual(['2', '2', '180']);
  expect(changed?.mappings.map(({ batchSize, windowMs }) => [batchSize, windowMs])).toEqual([
    [500, 3000],
    [10, 3000],
  ]);
});

it('refuses stacks without a function that can run here', () => {
  const { assembly } = stacks();
  expect(() => withSettings({ assembly: { ...assembly, functions: [] }, stacks: [] }, {})).toThrow(
    'No stack in / has a function that can run here',
  );
});

it("returns the queues of each function from the stack's outputs", () => {
  const { stacks: read } = stacks(queue('standard'));
  expect(serviceMap('http://here', read, ['worker-threads', 'promises'])).toEqual({
    endpoint: 'http://here',
    functions: {
      'worker-threads': {
        functionName: 'worker-threads',
        queueUrl: 'http://here/q',
        deadLetterQueueUrl: 'http://here/d',
      },
      promises: { functionName: 'promises' },
    },
    queues: { standard: 'http://here/000000000000/standard', dead: 'http://here/000000000000/dead' },
    topics: {},
  });
});
