import type { FunctionDefinition } from '@parallel-lambda/local-lambda';
import type { StacksOfAssembly } from '@parallel-lambda/local-stack';
import { expect, it } from 'vitest';

import { mappingFindings } from '../../src/mapping/mapping-findings.ts';
import { aReport } from '../report/a-report.ts';

const sourceArn = 'arn:aws:sqs:us-east-1:000000000000:orders';
const definition = { name: 'orders', timeoutSeconds: 10 } as FunctionDefinition;
const report = {
  ...aReport,
  info: {
    calls: 10,
    messages: 10,
    recognized: 10,
    attributed: true,
    late: 0,
    batchMs: 1000,
    example: '',
    notHttp: [],
    destinations: [],
  },
};

const goodMapping = {
  logicalId: 'Mapping',
  source: 'sqs',
  sourceArn,
  functionName: 'orders',
  batchSize: 10,
  windowMs: 0,
  reportBatchItemFailures: true,
  maximumRetries: -1,
};
const goodQueue = {
  logicalId: 'Queue',
  arn: sourceArn,
  fifo: false,
  deadLetterArn: 'arn',
  attributes: { VisibilityTimeout: '60', RedrivePolicy: '{"maxReceiveCount":5}' },
};

function found(mapping: object, queue: object = {}): readonly string[] {
  const stacks = {
    stacks: [{ mappings: [{ ...goodMapping, ...mapping }], queues: [{ ...goodQueue, ...queue }] }],
  } as unknown as StacksOfAssembly;
  return mappingFindings(stacks, definition, report).map(({ id }) => id);
}

it('has no findings for a mapping that AWS recommends', () => {
  expect(found({})).toEqual([]);
});

it.each([
  ['mapping-response', { reportBatchItemFailures: false }, {}],
  ['mapping-visibility', {}, { attributes: { ...goodQueue.attributes, VisibilityTimeout: '59' } }],
  ['mapping-visibility', { windowMs: 5000 }, {}],
  ['mapping-visibility', {}, { attributes: { RedrivePolicy: '{"maxReceiveCount":5}' } }],
  ['mapping-dead-letters', {}, { deadLetterArn: undefined }],
  [
    'mapping-receives',
    {},
    { attributes: { ...goodQueue.attributes, RedrivePolicy: '{"maxReceiveCount":3}' } },
  ],
  ['mapping-batch-size', { batchSize: 11 }, { fifo: true }],
  ['mapping-batch-size', { batchSize: 11 }, {}],
  ['mapping-batch-size', { batchSize: 101, windowMs: 0, source: 'kinesis', maximumRetries: 3 }, {}],
  ['mapping-retries', { source: 'kinesis' }, {}],
])('finds %s', (id, mapping, queue) => {
  expect(found(mapping, queue)).toEqual([id]);
});

it('does not ask a function that throws for ReportBatchItemFailures', () => {
  const throwing = { ...report, results: report.results.filter(({ id }) => id !== 'response') };
  const stacks = {
    stacks: [{ mappings: [{ ...goodMapping, reportBatchItemFailures: false }], queues: [goodQueue] }],
  } as unknown as StacksOfAssembly;
  expect(mappingFindings(stacks, definition, throwing)).toEqual([]);
});
