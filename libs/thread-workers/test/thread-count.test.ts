import { availableParallelism } from 'node:os';

import { afterEach, expect, it, vi } from 'vitest';

import { threadCount } from '../src/host/thread-count.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  [128, 1],
  [1769, 1],
  [2654, 2],
  [3008, 2],
  [10_240, 6],
])('a function of %i MB has %i threads', (memory, threads) => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', String(memory));
  expect(threadCount()).toBe(threads);
});

it('outside Lambda there are as many as the machine runs at a time, at most 6', () => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', undefined);
  expect(threadCount()).toBe(Math.min(availableParallelism(), 6));
});

it('on Lambda Managed Instances there is one, whatever the memory', () => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', '10240');
  vi.stubEnv('AWS_LAMBDA_MAX_CONCURRENCY', '16');
  expect(threadCount()).toBe(1);
});
