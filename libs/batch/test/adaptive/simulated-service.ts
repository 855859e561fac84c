import { AdaptiveLimit, type Ending, type Ticket } from '../../src/adaptive/adaptive-limit.ts';

/** Result of a request: its latency in milliseconds, and true if it is served. */
export interface Answer {
  readonly ms: number;
  readonly ending: Ending;
}

/** A service that is called at a time, in milliseconds, with a number of requests in it, this one included. */
export interface SimulatedService {
  answer(nowMs: number, inFlight: number): Answer;
  /** The share of time that the event loop is busy. @default 0.2 */
  utilization?(inFlight: number): number;
}

/** Returns numbers from 0 to 1, the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A service with places, and a queue before them in order of arrival. A request that finds the queue full is rejected. */
export function queueService(
  serviceMs: () => number,
  places: (nowMs: number) => number,
  maxQueue: number,
): SimulatedService {
  let freeAt: number[] = [];
  return {
    answer(nowMs) {
      const capacity = places(nowMs);
      if (capacity === Infinity) return { ms: serviceMs(), ending: 'succeeded' };
      freeAt = freeAt.filter((atMs) => atMs > nowMs).sort((one, other) => one - other);
      if (freeAt.length >= capacity + maxQueue) return { ms: 1, ending: 'rejected' };
      const startMs = Math.max(nowMs, freeAt[freeAt.length - capacity] ?? 0);
      const endMs = startMs + serviceMs();
      freeAt.push(endMs);
      return { ms: endMs - nowMs, ending: 'succeeded' };
    },
  };
}

/** Measurements of a run. */
export interface Run {
  readonly succeeded: number;
  readonly rejected: number;
  /** The limit at the end of each tenth of the run. */
  readonly limits: readonly number[];
  readonly limit: AdaptiveLimit;
}

/** Processes messages without end, for a time in milliseconds, with an adaptive limit or a fixed one. */
export function simulate(
  service: SimulatedService,
  durationMs: number,
  {
    limit = new AdaptiveLimit({ min: 1, max: 512 }),
    fromMs = 0,
    fixed = undefined as number | undefined,
  } = {},
): Run {
  const due: { atMs: number; ticket: Ticket; end: () => void }[] = [];
  let succeeded = 0;
  const limits: number[] = [];
  let inFlight = 0;
  let rejected = 0;
  const utilization = (): number => service.utilization?.(inFlight) ?? 0.2;
  const fill = (nowMs: number): void => {
    while (inFlight < (fixed ?? limit.limit) && (fixed !== undefined || limit.pauseMs(nowMs) === 0)) {
      inFlight += 1;
      const ticket = limit.start(nowMs);
      const { ms, ending } = service.answer(nowMs, inFlight);
      const end = (): void => {
        inFlight -= 1;
        if (ending === 'succeeded') succeeded += 1;
        else rejected += 1;
        limit.end(ticket, nowMs + ms, ending, utilization);
      };
      insert(due, { atMs: nowMs + ms, ticket, end });
    }
  };
  let nowMs = fromMs;
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    const untilMs = fromMs + (tenth * durationMs) / 10;
    fill(nowMs);
    while (nowMs < untilMs) {
      const next = due.pop();
      const pauseEndsMs = nowMs + limit.pauseMs(nowMs);
      if (!next && pauseEndsMs === nowMs) break;
      nowMs = next?.atMs ?? pauseEndsMs;
      next?.end();
      fill(nowMs);
    }
    limits.push(limit.limit);
  }
  for (const { ticket } of due) limit.abandon(ticket);
  return { succeeded, rejected, limits, limit };
}

/** Inserts an item into a list that is sorted by time, the latest first. */
function insert<Item extends { readonly atMs: number }>(items: Item[], item: Item): void {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.atMs ?? 0) > item.atMs) low = middle + 1;
    else high = middle;
  }
  items.splice(low, 0, item);
}
