import { seededRandom } from '@parallel-lambda/event-sources';

import { bestPeer, type Case, type Target } from './case.ts';
import {
  bareThreads,
  byHand,
  effect,
  empty,
  fibers,
  managed,
  oneByOne,
  ours,
  pLimit,
  pMap,
  pools,
  powertools,
  promises,
  sample,
  sharingPools,
  threads,
  threadsByHand,
  threadsByHindsight,
} from './competitors.ts';
import { emptySteps, fifoBatch, kinesisBatch, sqsBatch } from './events.ts';

const techniques = [promises, threads, fibers];
const loops = [powertools, pMap, pLimit, effect];

const waiting: readonly Case[] = [
  {
    name: 'waiting',
    batch: '100 messages that fetch for 200 ms',
    event: (server) => sqsBatch({ messages: 100, body: { fetch: `${server}/200` } }),
    competitors: [...loops, ...sharingPools, ...techniques],
    targets: techniques.map(({ name }) => against(name, bestPeer, 1.02)),
  },
  {
    name: 'waiting, many',
    batch: '10,000 messages that wait for 5 ms',
    event: () => sqsBatch({ messages: 10_000, body: { wait: 5 } }),
    competitors: [pMap, pLimit, effect, ...sharingPools, ...techniques],
    targets: techniques.map(({ name }) => against(name, bestPeer, 1.02)),
    runs: 9,
  },
  {
    name: 'bounded',
    batch: '100 messages that fetch for 200 ms, 4 workers',
    event: (server) => sqsBatch({ messages: 100, body: { fetch: `${server}/200` } }),
    competitors: [sample, ...techniques.map(({ name }) => ours(name, { WORKERS: '4' }))],
    targets: techniques.map(({ name }) => ({ competitor: name, most: { moreMs: 5250 } })),
    runs: 1,
  },
];

const computing: readonly Case[] = [
  {
    name: 'computing',
    batch: '64 bcrypt hashes of cost 7',
    event: () => sqsBatch({ messages: 64, body: { hash: 7 } }),
    competitors: [oneByOne, threadsByHand, pMap, ...pools, ...techniques],
    targets: [against(threads.name, oneByOne.name, 1.03 / 2)],
  },
  {
    name: 'computing, small',
    batch: '400 bcrypt hashes of cost 4',
    event: () => sqsBatch({ messages: 400, body: { hash: 4 } }),
    competitors: [oneByOne, threadsByHand, pMap, ...pools, ...techniques],
    targets: [against(threads.name, oneByOne.name, 1.08 / 2), against(threads.name, bestPeer, 1)],
  },
  {
    name: 'computing, tiny',
    batch: '2,000 messages of some 0.05 ms: 150 steps that do nothing',
    event: () => sqsBatch({ messages: 2000, body: Array(150).fill({ fail: 1 }), receiveCount: 2 }),
    competitors: [oneByOne, threadsByHand, pMap, ...pools, ...techniques],
    targets: [against(threads.name, oneByOne.name, 1.08 / 2), against(threads.name, bestPeer, 1)],
    warmUps: 8,
  },
  {
    name: 'computing, skewed',
    batch: '120 bcrypt hashes, one in eight of cost 7, the others of cost 4',
    event: () => sqsBatch({ messages: 120, body: skewed() }),
    competitors: [oneByOne, threadsByHindsight, pMap, ...pools, ...techniques],
    targets: [
      against(threads.name, oneByOne.name, 1.05 / 2),
      against(threads.name, threadsByHindsight.name, 1.05),
      against(threads.name, bestPeer, 1),
    ],
  },
  {
    name: 'both',
    batch: '64 messages that fetch for 50 ms, then hash with cost 6',
    event: (server) => sqsBatch({ messages: 64, body: [{ fetch: `${server}/50` }, { hash: 6 }] }),
    competitors: [threadsByHand, ...loops, ...sharingPools, ...techniques],
    targets: [against(threads.name, bestPeer, 0.65), against(threads.name, promises.name, 0.75)],
  },
  {
    name: "libuv's threads",
    batch: '64 scrypt keys of cost 14',
    event: () => sqsBatch({ messages: 64, body: { scrypt: 14 } }),
    competitors: [oneByOne, pMap, ...sharingPools, ...techniques],
    targets: [],
    runs: 7,
  },
];

const overhead: readonly Case[] = [
  ...[10, 100, 1000, 10_000].map((messages): Case => ({
    name: `nothing ${messages}`,
    batch: `${messages.toLocaleString('en')} messages with nothing to do`,
    event: () => sqsBatch({ messages, body: [] }),
    competitors: [empty, byHand, threadsByHand, ...loops, ...pools, ...techniques],
    targets:
      messages < 10_000
        ? []
        : [
            more('promises', 5),
            more('worker-threads', 10),
            { ...against('effect-fibers', effect.name, 0.85), above: empty.name },
          ],
    warmUps: messages < 10_000 ? 15 : 60,
    inARow: 4,
  })),
  ...(
    [
      [1000, 3500],
      [10_000, 550],
      [100_000, 58],
    ] as const
  ).map(([bytes, messages]): Case => ({
    name: `bodies of ${bytes / 1000} kB`,
    batch: `${messages.toLocaleString('en')} messages of ${bytes / 1000} kB with nothing to do`,
    event: () => sqsBatch({ messages, body: emptySteps(bytes) }),
    competitors: [empty, threadsByHand, pMap, effect, ...pools, ...techniques],
    targets: [against(threads.name, promises.name, 2)],
    warmUps: 10,
    inARow: 4,
  })),
  ...[1000, 500].map((failures): Case => ({
    name: failures === 1000 ? 'failures, all' : 'failures, half',
    batch: `1,000 messages, ${failures === 1000 ? 'all' : 'half'} of which fail`,
    event: () =>
      sqsBatch({
        messages: 1000,
        body: (index: number) => (failures === 1000 || index % 2 === 0 ? { fail: true } : []),
      }),
    failures,
    competitors: [...loops, ...pools, ...techniques],
    targets: [],
    warmUps: 8,
    inARow: 4,
  })),
];

const lanes: readonly Case[] = [
  {
    name: 'lanes of FIFO',
    batch: '10 messages of 100 ms in 3 groups of a FIFO queue',
    event: () => fifoBatch({ messages: 10, body: { wait: 100 }, groups: 3 }),
    competitors: [oneByOne, ...techniques],
    targets: techniques.map(({ name }) => ({ competitor: name, most: { moreMs: 420 } })),
  },
  ...[1, 10, 100, 1000, 10_000].map((keys): Case => ({
    name: `lanes of Kinesis ${keys}`,
    batch: `10,000 records with nothing to do, of ${keys.toLocaleString('en')} partition keys`,
    event: () => kinesisBatch({ messages: 10_000, body: [], keys }),
    competitors: [empty, ...techniques],
    targets: [],
    warmUps: 10,
    inARow: 4,
  })),
];

/** One function with so many threads each. */
export const threadCounts = [1, 2, 3, 4, 6].map((count) => ({
  ...ours('worker-threads', { THREADS: String(count) }),
  count,
  name: count === 1 ? '1 thread' : `${count} threads`,
}));

const settings: readonly Case[] = [
  {
    name: 'threads, computing',
    batch: '64 bcrypt hashes of cost 7',
    event: () => sqsBatch({ messages: 64, body: { hash: 7 } }),
    competitors: threadCounts,
    targets: [],
    runs: 9,
  },
  {
    name: 'threads, nothing',
    batch: '10,000 messages with nothing to do',
    event: () => sqsBatch({ messages: 10_000, body: [] }),
    competitors: [empty, ...threadCounts],
    targets: [],
    warmUps: 60,
    inARow: 4,
  },
  ...techniques.map(({ name }): Case => ({
    name: `workers of ${name}`,
    batch: '1,000 messages that fetch for 50 ms, then hash with cost 4',
    event: (server) => sqsBatch({ messages: 1000, body: [{ fetch: `${server}/50` }, { hash: 4 }] }),
    competitors: [10, 50, 100, 200, 500].map((workers) => ({
      ...ours(name, { WORKERS: String(workers) }),
      name: `${workers} workers`,
    })),
    targets: [],
    runs: 3,
  })),
];

/** As on Managed Instances: the second batch comes while the first is in work. */
const atATime: readonly Case[] = [
  {
    name: 'two batches, waiting',
    batch: 'two batches at once, each of 100 messages that fetch for 200 ms',
    event: (server: string) => sqsBatch({ messages: 100, body: { fetch: `${server}/200` } }),
  },
  {
    name: 'two batches, computing',
    batch: 'two batches at once, each of 64 bcrypt hashes of cost 6',
    event: () => sqsBatch({ messages: 64, body: { hash: 6 } }),
  },
  {
    name: 'two batches, nothing',
    batch: 'two batches at once, each of 1,000 messages with nothing to do',
    event: () => sqsBatch({ messages: 1000, body: [] }),
    warmUps: 15,
  },
].map((one) => ({
  ...one,
  batches: 2,
  competitors: [pMap, ...techniques].flatMap((each) => [
    managed(each, 1),
    managed(each, 2),
    managed(each, 2, 2),
  ]),
  targets: [],
  runs: 9,
}));

const coldStart: Case = {
  name: 'cold start',
  batch: 'INIT and the first invocation, of 10 messages with nothing to do',
  event: () => sqsBatch({ messages: 10, body: [] }),
  competitors: [empty, bareThreads, ...loops, ...pools, ...techniques],
  targets: [
    more('promises', 3),
    more('effect-fibers', 10),
    more('worker-threads', 33),
    { competitor: 'worker-threads', against: bareThreads.name, most: { ratio: 1, moreMs: 10 } },
  ],
  cold: true,
};

/** What is measured. A case's targets are what this project sets itself to reach on two vCPUs. */
export const cases: readonly Case[] = [
  ...waiting,
  ...computing,
  ...overhead,
  ...lanes,
  ...settings,
  ...atATime,
  coldStart,
];

/** How many messages a case's batch has. */
export function messagesOf(name: string): number {
  const { Records: records } = cases.find((one) => one.name === name)?.event('') as {
    readonly Records: readonly unknown[];
  };
  return records.length;
}

function against(competitor: string, other: string, ratio: number): Target {
  return { competitor, against: other, most: { ratio } };
}

function more(competitor: string, moreMs: number): Target {
  return { competitor, against: empty.name, most: { ratio: 1, moreMs } };
}

/** The same cost for the same message each time, dealt by a seed. */
function skewed(): (index: number) => unknown {
  const random = seededRandom(7);
  const costs = Array.from({ length: 120 }, () => (random() < 1 / 8 ? 7 : 4));
  return (index) => ({ hash: costs[index] });
}
