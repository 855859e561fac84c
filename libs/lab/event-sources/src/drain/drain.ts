import type { DeadLetter, Delivery, EventSource, InvocationResult } from '../event-source.ts';
import { integerWithin } from '../integer-within.ts';
import { InvocationsInFlight } from './invocations-in-flight.ts';
import { seededRandom, type Random } from './seeded-random.ts';

/** A fault of an invocation, which loses its response. */
export type Fault = 'error' | 'timeout' | 'killed';

/**
 * The longest timeout of a function, on Managed Instances, in milliseconds.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
const maxTimeoutMs = 5_400_000;

/** Options for draining a source. Durations are virtual. */
export interface DrainOptions {
  /** Decides durations and faults: the same seed, the same run. An integer. */
  readonly seed: number;
  /** Batches in flight at a time: 1 to 10,000. @default 10 */
  readonly maximumConcurrency?: number;
  /** The function's timeout: 1 to 5,400,000 ms. @default 30000 */
  readonly timeoutMs?: number;
  /** Duration of the next invocation. Longer than the timeout is a timeout. @default up to 1,000 ms */
  readonly durationMs?: (random: Random) => number;
  /** Returns the fault of an invocation, if it has one. The function runs, and its response is lost. @default never */
  readonly fault?: (random: Random, delivery: Delivery) => Fault | undefined;
  /** A bound for a source that retries without end: no more invocations than these. @default Infinity */
  readonly maximumInvocations?: number;
}

/** The result of draining a source. */
export interface Drained {
  /** True if every message has succeeded or is a dead letter. */
  readonly settled: boolean;
  readonly invocations: number;
  /** Number of invocations that failed as a whole. */
  readonly failed: number;
  /** Number of deliveries of each message, by its identifier. */
  readonly deliveries: ReadonlyMap<string, number>;
  readonly deadLetters: readonly DeadLetter[];
  /** The virtual time at the end, from 0. */
  readonly nowMs: number;
}

/**
 * Gives a source's batches to a function until nothing is left, on a virtual clock: several in flight at a time, and
 * settled in the order of their virtual durations, whichever answered first. So a run can be had again by its seed.
 *
 * @param invoke returns the response's payload; an exception is an error of the function
 * @throws {RangeError} when an option is out of its range
 */
export async function drain<Event extends object>(
  source: EventSource<Event>,
  invoke: (event: Event, remainingMs: number) => unknown,
  options: DrainOptions,
): Promise<Drained> {
  const { durationMs = upToASecond, fault = () => undefined, maximumInvocations = Infinity } = options;
  const concurrency = integerWithin('maximumConcurrency', options.maximumConcurrency ?? 10, 1, 10_000);
  const timeoutMs = integerWithin('timeoutMs', options.timeoutMs ?? 30_000, 1, maxTimeoutMs);
  const random = seededRandom(options.seed);
  const inFlight = new InvocationsInFlight<Event>();
  let [nowMs, invocations, failed] = [0, 0, 0];

  const start = (delivery: Delivery<Event>) => {
    const duration = durationMs(random);
    const befallen = duration > timeoutMs ? 'timeout' : fault(random, delivery);
    const endsAtMs = nowMs + (befallen === 'timeout' ? timeoutMs : duration);
    inFlight.add({ delivery, endsAtMs, result: resultOf(() => invoke(delivery.event, timeoutMs), befallen) });
    invocations += 1;
  };

  for (;;) {
    const mayStart = inFlight.length < concurrency && invocations < maximumInvocations;
    const delivery = mayStart ? source.next(nowMs) : undefined;
    if (delivery) {
      start(delivery);
      continue;
    }
    const endsAtMs = inFlight.first?.endsAtMs ?? Infinity;
    const wakeAtMs = mayStart ? (source.wakeAtMs ?? Infinity) : Infinity;
    if (wakeAtMs > nowMs && wakeAtMs < endsAtMs) {
      nowMs = wakeAtMs;
      continue;
    }
    const ended = inFlight.take();
    if (!ended) break;
    nowMs = ended.endsAtMs;
    const result = await ended.result;
    if (result.kind !== 'response') failed += 1;
    source.settle(ended.delivery, result, nowMs);
  }
  const { done: settled, deliveries, deadLetters } = source;
  return { settled, invocations, failed, deliveries, deadLetters, nowMs };
}

async function resultOf(invoke: () => unknown, fault: Fault | undefined): Promise<InvocationResult> {
  try {
    const payload = await invoke();
    return fault ? { kind: fault } : { kind: 'response', payload };
  } catch {
    return { kind: fault ?? 'error' };
  }
}

function upToASecond(random: Random): number {
  return Math.ceil(random() * 1_000);
}
