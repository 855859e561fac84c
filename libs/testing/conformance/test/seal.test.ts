import { expect, it } from 'vitest';

import { seal } from '../src/seal.ts';

const sealed = {
  id: 'a',
  payload: 'b',
  receiveCount: 1,
  deadlineMs: 2,
  requestId: 'c',
  functionArn: 'd',
} as const;

it('is the same for the same', () => {
  expect(seal({ ...sealed })).toBe(seal(sealed));
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
  { requestId: undefined },
  { functionArn: 'c' },
])('is another one when what is sealed has %o', (difference) => {
  expect(seal({ ...sealed, ...difference })).not.toBe(seal(sealed));
});

it('tells half surrogates from what stands for them when they are lost', () => {
  const seals = ['\uD800', '\uDBFF', '\uFFFD', '?'].map((payload) => seal({ ...sealed, payload }));
  expect(new Set(seals)).toHaveLength(4);
});

it('tells a fact that is not there from one that is null', () => {
  const nothing = { ...sealed, receiveCount: undefined };
  expect(seal(nothing)).not.toBe(seal({ ...sealed, receiveCount: null as unknown as undefined }));
});
