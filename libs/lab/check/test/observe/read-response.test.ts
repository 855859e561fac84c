import type { InvocationResult } from '@parallel-lambda/local-lambda';
import { expect, it } from 'vitest';

import { sourceFormats } from '../../src/messages/event-source-format.ts';
import { readResponse } from '../../src/observe/read-response.ts';

function read(payload: unknown, source: 'sqs' | 'kafka' = 'sqs') {
  return readResponse({ status: 'success', payload } as InvocationResult, sourceFormats[source]);
}

it.each([
  null,
  undefined,
  {},
  { batchItemFailures: [] },
  { batchItemFailures: null },
  { statusCode: 200 },
  '',
])('reads %j as complete success', (payload) => {
  expect(read(payload)).toEqual({ kind: 'reported', keys: [] });
});

it.each(['done', 7, true, ['done']])('reads no report in %j', (payload) => {
  expect(read(payload)).toEqual({ kind: 'reported', keys: [], isOther: true });
});

it('reads the identifiers of failed messages', () => {
  expect(read({ batchItemFailures: [{ itemIdentifier: 'a' }] })).toEqual({ kind: 'reported', keys: ['a'] });
  const kafka = { batchItemFailures: [{ itemIdentifier: { partition: 'orders-0', offset: 7 } }] };
  expect(read(kafka, 'kafka')).toEqual({ kind: 'reported', keys: ['orders-0 7'] });
});

it.each([
  [{ batchItemFailures: [{ itemIdentifier: '' }] }, 'all redelivered'],
  [{ batchItemFailures: [{ messageId: 'a' }] }, 'all redelivered'],
  [{ batchItemFailures: 'a' }, 'all redelivered'],
  [{ BatchItemFailures: [{ itemIdentifier: 'a' }] }, 'all deleted'],
])('reports the effect of the malformed response %j', (payload, effect) => {
  expect(read(payload)).toMatchObject({ kind: 'malformed', effect });
});
