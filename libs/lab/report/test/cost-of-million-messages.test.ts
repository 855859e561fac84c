import { expect, it } from 'vitest';

import { costOfMillionMessages, pricesOf } from '../src/index.ts';

const prices = pricesOf('us-east-1');

it('is GB-seconds of 1,024 MB and the share of requests', () => {
  const batch = { billedMs: 1000, memoryMb: 2048, architecture: 'arm64', messages: 100, prices } as const;
  expect(costOfMillionMessages(batch)).toBeCloseTo(0.266668 + 0.002, 6);
});

it('is a quarter more on x86_64', () => {
  const batch = { billedMs: 60_000, memoryMb: 10_240, messages: 1, prices } as const;
  const arm64 = costOfMillionMessages({ ...batch, architecture: 'arm64' });
  expect(costOfMillionMessages({ ...batch, architecture: 'x86_64' }) / arm64).toBeCloseTo(1.25, 3);
});

it('is the request alone without billed duration', () => {
  const batch = { billedMs: 0, memoryMb: 128, architecture: 'arm64', messages: 1, prices } as const;
  expect(costOfMillionMessages(batch)).toBeCloseTo(0.2);
});
