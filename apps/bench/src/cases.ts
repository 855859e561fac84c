/** Who works on a batch: a function of the assembly or a peer, with its environment variables. */
export interface Competitor {
  readonly name: string;
  readonly function: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A figure that is to be reached. */
export interface Target {
  readonly competitor: string;
  /** The competitor that it is measured against; without one, `most` is in milliseconds. */
  readonly against?: string;
  /** At most so many times as long, and so many milliseconds more. */
  readonly most: { readonly ratio?: number; readonly moreMs?: number };
}

/** One batch, given to several competitors in turn. */
export interface Case {
  readonly name: string;
  readonly messages: number;
  /** `server` is where a request to `/200` is answered after 200 ms. */
  readonly body: (server: string) => unknown;
  readonly competitors: readonly Competitor[];
  readonly targets: readonly Target[];
  /** Whether INIT is measured with the first invocation, each time in a new environment. */
  readonly cold?: boolean;
  /** @default as the command line says */
  readonly runs?: number;
  /**
   * Invocations that come before and do not count. Ten thousand messages with nothing to do are all overhead, which takes
   * some invocations to be compiled.
   * @default 3
   */
  readonly warmUps?: number;
}

const techniques = ['promises', 'worker-threads', 'effect-fibers'];
const promises = ours('promises');
const threads = ours('worker-threads');
const fibers = ours('effect-fibers');
const pMap: Competitor = { name: 'p-map', function: 'p-map' };
const empty: Competitor = { name: 'empty handler', function: 'empty' };
const oneByOne: Competitor = { name: 'one by one', function: 'promises', environment: { WORKERS: '1' } };

/** What is measured. A case's targets are what this project sets itself to reach on two vCPUs. */
export const cases: readonly Case[] = [
  {
    name: 'waiting',
    messages: 100,
    body: (server) => ({ fetch: `${server}/200` }),
    competitors: [pMap, promises, threads, fibers],
    targets: ['promises', 'effect-fibers'].map((name) => against(name, pMap.name, 1.1)),
  },
  {
    name: 'bounded',
    messages: 100,
    body: (server) => ({ fetch: `${server}/200` }),
    competitors: techniques.map((name) => ours(name, { WORKERS: '4' })),
    targets: techniques.map((competitor) => ({ competitor, most: { moreMs: 5250 } })),
    runs: 1,
  },
  {
    name: 'computing',
    messages: 64,
    body: () => ({ hash: 7 }),
    competitors: [oneByOne, promises, threads, fibers],
    targets: [against('worker-threads', oneByOne.name, 0.56)],
  },
  {
    name: 'both',
    messages: 64,
    body: (server) => [{ fetch: `${server}/50` }, { hash: 6 }],
    competitors: [pMap, promises, threads, fibers],
    targets: [against('worker-threads', 'promises', 0.75)],
  },
  {
    name: 'nothing',
    messages: 10_000,
    body: () => [],
    competitors: [empty, pMap, promises, threads, fibers],
    targets: [more('promises', 10), more('worker-threads', 15)],
    warmUps: 15,
  },
  ...['promises', 'worker-threads', 'effect-fibers'].map((name): Case => ({
    name: `workers of ${name}`,
    messages: 1000,
    body: (server) => [{ fetch: `${server}/50` }, { hash: 4 }],
    competitors: [10, 50, 100, 200, 500].map((workers) => ({
      ...ours(name, { WORKERS: String(workers) }),
      name: `${workers} workers`,
    })),
    targets: [],
  })),
  {
    name: 'cold start',
    messages: 10,
    body: () => [],
    competitors: [empty, pMap, promises, threads, fibers],
    targets: [more('promises', 5), more('effect-fibers', 20), more('worker-threads', 50)],
    cold: true,
  },
];

function ours(name: string, environment: Readonly<Record<string, string>> = {}): Competitor {
  return { name, function: name, environment };
}

function against(competitor: string, other: string, ratio: number): Target {
  return { competitor, against: other, most: { ratio } };
}

function more(competitor: string, moreMs: number): Target {
  return { competitor, against: empty.name, most: { ratio: 1, moreMs } };
}
