import type { Workload } from '@parallel-lambda/report';

import type { TimelineBatch } from '../measured-functions.ts';

/** A workload and the batch that it is measured with. */
export interface ComparedWorkload extends Workload {
  readonly messages: number;
  readonly body: unknown;
  /** @default the function's own */
  readonly workers?: number;
}

/** Workloads that show the strength of each technique. Sequential processing takes at most 3 s. */
export const workloads: readonly ComparedWorkload[] = [
  {
    name: 'waiting',
    messages: 100,
    body: { wait: 25 },
    reason: 'Waiting leaves the thread free, so one thread is enough for all messages.',
  },
  {
    name: 'computing',
    messages: 64,
    body: { hash: 7 },
    reason: 'Computing occupies a thread, so only more threads help, up to the number of vCPUs.',
  },
  {
    name: 'both',
    messages: 40,
    body: [{ wait: 40 }, { hash: 7 }],
    reason: 'Waiting overlaps in every technique; only threads also compute in parallel.',
  },
  {
    name: "libuv's threads",
    messages: 32,
    body: { scrypt: 14 },
    reason: 'Node.js runs scrypt, zlib and fs in four threads of libuv, so promises use every vCPU too.',
  },
];

/** The batch and the number of workers of the AWS sample `lambda-with-multithreading`. */
export const sampleBatch: ComparedWorkload = {
  name: 'the AWS sample',
  messages: 100,
  body: { wait: 200 },
  workers: 4,
  // Not measured, because it takes 20 s and the result is known.
  sequentialMs: 100 * 200,
  reason: 'Four workers need 5 s for 100 messages of 200 ms in every technique.',
};

/** A batch without work: in a new environment, it takes as long as the start. */
export const coldStart: ComparedWorkload = { name: 'cold start', messages: 10, body: [] };

/** Few enough messages to see each in a timeline; each of them waits and computes. */
export const timelineBatch: TimelineBatch = {
  messages: 16,
  body: [{ wait: 40 }, { hash: 8 }],
};
