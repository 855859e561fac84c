import type { Workload } from '@parallel-lambda/report';

/** A workload, and how many of its messages make a batch. */
export interface ComparedWorkload extends Workload {
  readonly messages: number;
  readonly body: unknown;
  /** @default the function's own */
  readonly workers?: number;
}

/** What shows where each technique shines; one message after another takes at most 3 s. */
export const workloads: readonly ComparedWorkload[] = [
  {
    name: 'waiting',
    messages: 100,
    body: { wait: 25 },
    reason: 'A message that waits leaves its thread free, so one thread is enough for all of them.',
  },
  {
    name: 'computing',
    messages: 64,
    body: { hash: 7 },
    reason: 'A message that computes holds its thread, so only more threads help, up to the vCPUs.',
  },
  {
    name: 'both',
    messages: 40,
    body: [{ wait: 40 }, { hash: 7 }],
    reason: 'The waiting overlaps in every technique; only threads compute at the same time as well.',
  },
  {
    name: "libuv's threads",
    messages: 32,
    body: { scrypt: 14 },
    reason:
      'Node hands such work (scrypt, zlib, fs) to four threads of its own, so promises use every vCPU too.',
  },
];

/** The batch of the AWS sample that this project grew out of, with the sample's number of workers. */
export const sampleBatch: ComparedWorkload = {
  name: 'the AWS sample',
  messages: 100,
  body: { wait: 200 },
  workers: 4,
  // One by one: computed, since everyone knows how long it takes.
  oneByOneMs: 100 * 200,
  reason:
    '100 messages of 200 ms by 4 workers take 5 s in every technique: what the number of workers allows, and no more.',
};

/** A batch with nothing to do: what it takes in a new environment is the start. */
export const coldStart: ComparedWorkload = { name: 'cold start', messages: 10, body: [] };

/** Few enough messages to see each, and each of them waits and computes. */
export const drawn: ComparedWorkload = {
  name: 'timeline',
  messages: 16,
  body: [{ wait: 40 }, { hash: 8 }],
};
