import { availableParallelism } from 'node:os';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { threadCount } from '../src/host/thread-count.ts';
import { threadWorkers } from '../src/index.ts';
import { fixture } from './set-up.ts';

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

it('a machine outside Lambda has one thread per CPU, at most 6', () => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', undefined);
  expect(threadCount()).toBe(Math.min(availableParallelism(), 6));
});

it('Lambda Managed Instances have one thread, whatever the memory', () => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', '10240');
  vi.stubEnv('AWS_LAMBDA_MAX_CONCURRENCY', '16');
  expect(threadCount()).toBe(1);
});

describe('the number of threads', () => {
  it.each(['0', '65', 'two', '1.5'])('is refused when THREADS is %s', (threads) => {
    vi.stubEnv('THREADS', threads);
    expect(() => threadWorkers({ work: fixture('work.ts') })).toThrow(/THREADS must be a whole number/);
  });
});
