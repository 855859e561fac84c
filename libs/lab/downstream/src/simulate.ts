import { seededRandom } from '@parallel-lambda/event-sources';

import type { ServiceModel } from './service-model.ts';
import { Service } from './service.ts';
import { VirtualClock } from './virtual-clock.ts';

type Ending = 'succeeded' | 'rejected' | 'failed' | 'ignored';

/** Limit of the messages in flight of a function. */
export interface Limit<Ticket> {
  readonly limit: number;
  /** Returns the time until a message may start, in milliseconds. */
  pauseMs(): number;
  start(): Ticket;
  end(ticket: Ticket, ending: Ending): void;
}

/** Clocks that a limit may read. */
export interface Clocks {
  /** Returns the time in milliseconds. */
  readonly now: () => number;
  /** Returns the share of time that the event loop was busy since the last call. */
  readonly utilization: () => number;
}

/** Options for `simulate`. */
export interface SimulationOptions<Ticket> {
  readonly model: ServiceModel;
  readonly createLimit: (clocks: Clocks) => Limit<Ticket>;
  readonly seed: number;
  /** @default 10,000 */
  readonly durationMs?: number;
}

/** Measurements of a simulation. */
export interface SimulatedRun {
  readonly succeeded: number;
  /** The number of messages that succeeded in the first three seconds. */
  readonly early: number;
  readonly rejected: number;
  readonly p99Ms: number;
  /** The limit of the first function at the end of each tenth of the run. */
  readonly limits: readonly number[];
}

const EARLY_MS = 3_000;
/** The time of the function's event loop, in milliseconds. */
const SEND_MS = 0.08;
const CONNECT_MS = 0.15;
const RECEIVE_MS = 0.1;
/** The first messages take longer, while the code is compiled. */
const COLD_MS = 2;
const COLD_MESSAGES = 30;
/** Milliseconds of one way. */
const NETWORK_MS = 0.4;

/** Processes messages without end, in virtual time, with one limit for each function that shares the service. */
export function simulate<Ticket>({
  model,
  createLimit,
  seed,
  durationMs = 10_000,
}: SimulationOptions<Ticket>): SimulatedRun {
  const clock = new VirtualClock();
  const service = new Service(model, clock, seededRandom(seed));
  const functions = Array.from(
    { length: model.functions ?? 1 },
    () => new SimulatedFunction(model, service, clock, createLimit),
  );
  const limits: number[] = [];
  for (const one of functions) one.fill();
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    clock.runUntil((tenth * durationMs) / 10);
    limits.push(functions[0]?.limit.limit ?? NaN);
  }
  const latencies = functions.flatMap((one) => one.latencies).sort((one, other) => one - other);
  return {
    succeeded: latencies.length,
    early: functions.reduce((sum, { early }) => sum + early, 0),
    rejected: functions.reduce((sum, { rejected }) => sum + rejected, 0),
    p99Ms: latencies[Math.floor(0.99 * latencies.length)] ?? NaN,
    limits,
  };
}

/** A function with one event loop, which every message needs twice: to send the request, and to process the response. */
class SimulatedFunction<Ticket> {
  readonly latencies: number[] = [];
  early = 0;
  rejected = 0;
  readonly limit: Limit<Ticket>;
  readonly #model: ServiceModel;
  readonly #service: Service;
  readonly #clock: VirtualClock;
  /** The messages that have a place, and those of them that were started. */
  #inFlight = 0;
  #started = 0;
  #connections = 0;
  #received = 0;
  #loopFreeMs = 0;
  #busyMs = 0;
  #lastBusyMs = 0;
  #lastReadMs = 0;
  #isWaiting = false;

  constructor(
    model: ServiceModel,
    service: Service,
    clock: VirtualClock,
    createLimit: (clocks: Clocks) => Limit<Ticket>,
  ) {
    this.#model = model;
    this.#service = service;
    this.#clock = clock;
    this.limit = createLimit({ now: clock.now, utilization: this.#utilization });
  }

  /** Starts messages while there is room for them. The first needs no turn of the event loop if another has just ended. */
  fill(isInTurn = false): void {
    let isFirst = isInTurn;
    while (this.#inFlight < this.limit.limit) {
      const pauseMs = this.limit.pauseMs();
      if (pauseMs > 0) {
        this.#fillAfter(pauseMs);
        return;
      }
      this.#inFlight += 1;
      if (isFirst) this.#start();
      else this.#runInLoop(SEND_MS, this.#start);
      isFirst = false;
    }
  }

  #fillAfter(ms: number): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#clock.after(ms, () => {
      this.#isWaiting = false;
      this.fill();
    });
  }

  readonly #start = (): void => {
    this.#started += 1;
    const startedMs = this.#clock.now();
    const ticket = this.limit.start();
    const isNew = this.#started > this.#connections;
    if (isNew) this.#connections += 1;
    this.#runInLoop(isNew ? CONNECT_MS : 0, () => {
      this.#send((status) => {
        const computeMs = status === 200 ? (this.#model.computeMs ?? 0) : 0;
        const coldMs = COLD_MS * Math.exp(-this.#received / COLD_MESSAGES);
        this.#received += 1;
        this.#runInLoop(SEND_MS + RECEIVE_MS + coldMs + computeMs, () => {
          this.#end(ticket, startedMs, status);
        });
      });
    });
  };

  #send(receive: (status: number) => void): void {
    this.#clock.after(NETWORK_MS, () => {
      this.#service.request((status) => {
        this.#clock.after(NETWORK_MS, () => {
          receive(status);
        });
      });
    });
  }

  #end(ticket: Ticket, startedMs: number, status: number): void {
    const nowMs = this.#clock.now();
    this.#inFlight -= 1;
    this.#started -= 1;
    if (status === 200) {
      this.latencies.push(nowMs - startedMs);
      if (nowMs < EARLY_MS) this.early += 1;
    } else {
      this.rejected += 1;
    }
    this.limit.end(ticket, endingOf(status));
    this.fill(true);
  }

  readonly #utilization = (): number => {
    const nowMs = this.#clock.now();
    // Queued requests were not processed yet.
    const busyMs = this.#busyMs - Math.max(0, this.#loopFreeMs - nowMs);
    const utilization = (busyMs - this.#lastBusyMs) / Math.max(1e-9, nowMs - this.#lastReadMs);
    this.#lastBusyMs = busyMs;
    this.#lastReadMs = nowMs;
    return utilization;
  };

  #runInLoop(ms: number, run: () => void): void {
    const nowMs = this.#clock.now();
    this.#busyMs += ms;
    this.#loopFreeMs = Math.max(nowMs, this.#loopFreeMs) + ms;
    this.#clock.after(this.#loopFreeMs - nowMs, run);
  }
}

function endingOf(status: number): Ending {
  if (status === 200) return 'succeeded';
  if (status === 429) return 'rejected';
  return status < 500 ? 'ignored' : 'failed';
}

/** Returns a fixed limit. */
export function fixedLimit(limit: number): Limit<undefined> {
  return { limit, pauseMs: () => 0, start: () => undefined, end: () => undefined };
}
