/** Behaviour of a downstream service. */
export interface ServiceModel {
  readonly name: string;
  readonly text: string;
  /** Returns the latency of a request in milliseconds, before noise, with this number of requests in progress. */
  readonly latencyMs: (inProgress: number, elapsedMs: number) => number;
  /** Returns the number of requests that may be in progress; the others queue. @default unlimited */
  readonly capacity?: (elapsedMs: number) => number;
  /** The number of requests that may queue; a further one is answered with 429. @default unlimited */
  readonly maxQueue?: number;
  /** Draws the factor of one request's latency from a number between 0 and 1. @default 0.7 to 1.3 */
  readonly noise?: (random: number) => number;
  /** Returns the status of a request that was processed. @default 200 */
  readonly status?: (random: number, elapsedMs: number) => number;
  /** The number of functions that share it. @default 1 */
  readonly functions?: number;
  /** The computing of each message in the function, in milliseconds. @default 0 */
  readonly computeMs?: number;
}

const PARETO_SHAPE = 1.5;
const MAX_FACTOR = 50;

/** The services (a) to (h) of the benchmark. */
export const services: readonly ServiceModel[] = [
  { name: 'a', text: '100 ms, no limit', latencyMs: () => 100 },
  { name: 'b', text: '50 ms, 20 at a time, the others queue', latencyMs: () => 50, capacity: () => 20 },
  {
    name: 'c',
    text: '80 ms, rejects above 30 with 429',
    latencyMs: () => 80,
    capacity: () => 30,
    maxQueue: 0,
  },
  {
    name: 'd',
    text: '20 ms, slower with each request, best at 70',
    latencyMs: (n) => 20 * (1 + 0.02 * (n - 1) + 0.0002 * n * (n - 1)),
  },
  {
    name: 'e',
    text: '50 ms, 100 at a time, 20 from second 3.3 to 6.7, 20 may queue, else 429',
    latencyMs: () => 50,
    capacity: (elapsedMs) => (elapsedMs > 3_333 && elapsedMs < 6_667 ? 20 : 100),
    maxQueue: 20,
  },
  { name: 'f', text: '50 ms, then 1 ms of computing in the function', latencyMs: () => 50, computeMs: 1 },
  {
    name: 'g',
    text: '50 ms, 40 at a time, shared by two functions',
    latencyMs: () => 50,
    capacity: () => 40,
    functions: 2,
  },
  {
    name: 'h',
    text: 'Pareto latencies from 20 ms, no limit',
    latencyMs: () => 20,
    noise: (random) => Math.min((1 - random) ** (-1 / PARETO_SHAPE), MAX_FACTOR),
  },
];
