import { seededRandom } from '@parallel-lambda/event-sources';

import { emptySteps, fifoBatch, kinesisBatch, sqsBatch } from './events.ts';
import {
  byHand,
  effect,
  empty,
  fibers,
  pMap,
  pools,
  powertools,
  promises,
  sample,
  sequential,
  sharingPools,
  techniques,
  threads,
  threadsByHand,
  type Variant,
} from './functions.ts';

/** One batch that several functions process in turn. */
export interface Case {
  readonly name: string;
  /** Describes the batch in the results. */
  readonly batch: string;
  /** @param server answers a request to `/200` after 200 ms */
  readonly event: (server: string) => { readonly Records: readonly unknown[] };
  readonly variants: readonly Variant[];
  /** Failed messages that a response must report. @default 0 */
  readonly failures?: number;
  /** Measures INIT and the first invocation, each time in a new environment. */
  readonly cold?: true;
  /** Maximum samples. @default as on the command line */
  readonly runs?: number;
  /** Invocations before the first sample. Large batches without work need 60 until code and heap have settled. @default 3 */
  readonly warmUps?: number;
  /** Invocations directly before each sample, as in a function with a busy queue: matters for batches without work. */
  readonly untimed?: number;
}

const loops = [powertools, pMap, effect];

/** The cases of the results. */
export const comparison: readonly Case[] = [
  {
    name: 'waiting',
    batch: '100 fetches of 200 ms',
    event: (server) => sqsBatch({ messages: 100, body: { fetch: `${server}/200` } }),
    variants: [...loops, ...sharingPools, ...techniques],
  },
  {
    name: 'bounded',
    batch: '100 fetches of 200 ms, 4 workers (the AWS sample)',
    event: (server) => sqsBatch({ messages: 100, body: { fetch: `${server}/200` } }),
    variants: [sample, ...techniques.map((one) => ({ ...one, setting: { workers: 4 } }))],
    runs: 1,
  },
  {
    name: 'computing',
    batch: '64 bcrypt hashes of 9 ms',
    event: () => sqsBatch({ messages: 64, body: { hash: 7 } }),
    variants: [sequential, threadsByHand, pMap, ...pools, ...techniques],
  },
  {
    name: 'computing small',
    batch: '400 bcrypt hashes of 1.2 ms',
    event: () => sqsBatch({ messages: 400, body: { hash: 4 } }),
    variants: [sequential, threadsByHand, pMap, ...pools, ...techniques],
  },
  {
    name: 'computing skewed',
    batch: '120 bcrypt hashes, one in eight takes eight times as long',
    event: () => sqsBatch({ messages: 120, body: skewed() }),
    variants: [sequential, pMap, ...pools, ...techniques],
  },
  {
    name: 'both',
    batch: '64 × a fetch of 50 ms, then a bcrypt hash of 4.5 ms',
    event: (server) => sqsBatch({ messages: 64, body: [{ fetch: `${server}/50` }, { hash: 6 }] }),
    variants: [threadsByHand, ...loops, ...sharingPools, ...techniques],
  },
  {
    name: 'libuv',
    batch: '64 scrypt keys (computed by libuv)',
    event: () => sqsBatch({ messages: 64, body: { scrypt: 14 } }),
    variants: [sequential, pMap, ...sharingPools, ...techniques],
    runs: 7,
  },
  emptyMessages(10_000),
  {
    name: 'failures',
    batch: '1,000 messages, half of them fail immediately',
    event: () => sqsBatch({ messages: 1000, body: (index) => (index % 2 === 0 ? { fail: true } : []) }),
    failures: 500,
    variants: [...loops, ...pools, ...techniques],
    warmUps: 8,
    untimed: 1,
  },
  {
    name: 'FIFO',
    batch: '10 messages of 100 ms in 3 FIFO groups, in order',
    event: () => fifoBatch({ messages: 10, body: { wait: 100 }, groups: 3 }),
    variants: [sequential, ...techniques],
  },
  {
    name: 'cold start',
    batch: 'cold start: INIT and the first invocation',
    event: () => sqsBatch({ messages: 10, body: [] }),
    variants: [empty, ...loops, ...pools, ...techniques],
    cold: true,
  },
];

/** `worker-threads` with different numbers of threads. */
export const threadCounts = [1, 2, 3, 4, 6].map((count) => ({
  name: count === 1 ? '1 thread' : `${count} threads`,
  function: threads.function,
  setting: { threads: count },
}));

/** The cases that the growth charts need beside those of the results. */
const growth: readonly Case[] = [
  ...[10, 100, 1000].map(emptyMessages),
  ...[
    { bytes: 1000, messages: 3500 },
    { bytes: 10_000, messages: 550 },
    { bytes: 100_000, messages: 58 },
  ].map(({ bytes, messages }): Case => ({
    name: `bodies ${bytes / 1000} kB`,
    batch: `${messages.toLocaleString('en')} messages of ${bytes / 1000} kB without work`,
    event: () => sqsBatch({ messages, body: emptySteps(bytes) }),
    variants: [empty, pMap, ...techniques],
    warmUps: 10,
    untimed: 1,
  })),
  ...[1, 10, 100, 1000, 10_000].map((keys): Case => ({
    name: `keys ${keys}`,
    batch: `10,000 records without work, of ${keys.toLocaleString('en')} partition keys`,
    event: () => kinesisBatch({ messages: 10_000, body: [], keys }),
    variants: [empty, ...techniques],
    warmUps: 10,
    untimed: 1,
  })),
  {
    name: 'threads computing',
    batch: '64 bcrypt hashes of 9 ms',
    event: () => sqsBatch({ messages: 64, body: { hash: 7 } }),
    variants: threadCounts,
    runs: 9,
  },
  {
    name: 'threads empty',
    batch: '10,000 messages without work',
    event: () => sqsBatch({ messages: 10_000, body: [] }),
    variants: threadCounts,
    warmUps: 60,
    untimed: 1,
  },
];

export const cases: readonly Case[] = [...comparison, ...growth];

function emptyMessages(messages: number): Case {
  return {
    name: `empty ${messages}`,
    batch: `${messages.toLocaleString('en')} messages without work`,
    event: () => sqsBatch({ messages, body: [] }),
    variants: [empty, byHand, threadsByHand, ...loops, ...pools, promises, threads, fibers],
    warmUps: messages < 10_000 ? 15 : 60,
    untimed: 1,
  };
}

/** Each run has the same costs, drawn with a seed. */
function skewed(): (index: number) => unknown {
  const random = seededRandom(7);
  const costs = Array.from({ length: 120 }, () => (random() < 1 / 8 ? 7 : 4));
  return (index) => ({ hash: costs[index] });
}
