import { expect, it } from 'vitest';

import { digestOf } from '../src/work/digest.ts';

const input = {
  id: 'a',
  payload: 'b',
  receiveCount: 1,
  deadlineMs: 2,
  timeoutAtMs: 3,
  awsRequestId: 'c',
  invokedFunctionArn: 'd',
  functionName: 'e',
  functionVersion: 'f',
  traceId: 'g',
} as const;

it('is the same for the same input', () => {
  expect(digestOf({ ...input })).toBe(digestOf(input));
});

it.each([
  { id: 'A' },
  { payload: 'b ' },
  { payload: 'b\0' },
  { id: 'ab', payload: '' },
  { receiveCount: 2 },
  { receiveCount: undefined },
  { deadlineMs: undefined },
  { deadlineMs: null as unknown as undefined },
  { timeoutAtMs: 4 },
  { awsRequestId: undefined },
  { invokedFunctionArn: 'c' },
  { functionName: 'c' },
  { functionVersion: 'c' },
  { traceId: undefined },
])('differs if the input has %o', (difference) => {
  expect(digestOf({ ...input, ...difference })).not.toBe(digestOf(input));
});

it('distinguishes lone surrogates from their replacement characters', () => {
  const digests = ['\uD800', '\uDBFF', '\uFFFD', '?'].map((payload) => digestOf({ ...input, payload }));
  expect(new Set(digests)).toHaveLength(4);
});

it('distinguishes a missing value from null', () => {
  const nothing = { ...input, receiveCount: undefined };
  expect(digestOf(nothing)).not.toBe(digestOf({ ...input, receiveCount: null as unknown as undefined }));
});
