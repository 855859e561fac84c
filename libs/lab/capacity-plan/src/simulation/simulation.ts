import { growth, seededRandom } from '@parallel-lambda/event-sources';

import { BatchesInWork } from './batches-in-work.ts';
import { MessageTimes } from './message-times.ts';
import {
  environmentKeptSeconds,
  inFlightQuota,
  invocationsPerConcurrency,
  type Limit,
  type Scenario,
} from './scenario.ts';
import { batchSeconds, longestBatchSeconds } from './service-time.ts';
import type { Course, Hindrance, Simulation, Totals } from './simulated.ts';
import { WaitingMessages, type Portion } from './waiting-messages.ts';
import { WarmEnvironments } from './warm-environments.ts';

/** How a batch fills while slots are free. */
interface Gathering {
  /** Messages. */
  readonly size: number;
  readonly seconds: number;
}

/** What is decided in each second about the batches that begin. */
interface Start {
  readonly warm: number;
  readonly cold: number;
  readonly size: number;
  readonly seconds: number;
  readonly messages: number;
  /** How long a batch is gathered: until it is full, its window ends, or a slot is free. */
  readonly gatherSeconds: number;
}

const samplesASecond = 8;

/** Messages that SQS hands out, or deletes, in one request. */
const messagesARequest = 10;

/** A poller without work waits so long for a message, in one request. */
const longPollSeconds = 20;

/**
 * Lets time pass second by second over a queue and its function. Messages and batches are a fluid: there are no single
 * ones, and within a second all is even. Only the times of messages are sampled.
 */
export function simulate(scenario: Scenario): Simulation {
  return new Simulator(scenario).run();
}

class Simulator {
  readonly #scenario: Scenario;
  readonly #course: Course;
  readonly #totals: Totals = {
    arrived: 0,
    done: 0,
    deadLetters: 0,
    expired: 0,
    waiting: 0,
    inFlight: 0,
    invocations: 0,
    coldStarts: 0,
    billedMs: 0,
    queueRequests: 0,
  };
  readonly #times = new MessageTimes();
  readonly #hindrances = new Map<Limit, Hindrance>();
  readonly #random;
  readonly #waiting = new WaitingMessages();
  readonly #inWork: BatchesInWork;
  /** The same of the messages in them that will be done. */
  readonly #messagesInWork: BatchesInWork;
  readonly #warm = new WarmEnvironments(environmentKeptSeconds);
  /** Failed messages, by the second in which they are visible again. */
  readonly #hidden = new Map<number, readonly Portion[]>();
  #hiddenMessages = 0;
  /** Done by the second, beyond the end too. */
  readonly #doneIn: Float64Array;
  readonly #initSeconds: number;
  #pollers: number;

  constructor(scenario: Scenario) {
    const { seconds, service, batchSize, seed } = scenario;
    const array = (): Float64Array => new Float64Array(seconds);
    this.#scenario = scenario;
    this.#course = {
      arrived: array(),
      done: array(),
      concurrency: array(),
      backlog: array(),
      oldestAge: array(),
      inFlight: array(),
    };
    this.#random = seededRandom(seed);
    this.#initSeconds = service.initMs / 1000;
    const longest = longestBatchSeconds(service, batchSize) + this.#initSeconds;
    this.#inWork = new BatchesInWork(longest);
    this.#messagesInWork = new BatchesInWork(longest);
    this.#doneIn = new Float64Array(seconds + Math.ceil(longest) + 2);
    this.#pollers = growth.atFirst;
  }

  run(): Simulation {
    for (let second = 0; second < this.#scenario.seconds; second += 1) this.#pass(second);
    this.#totals.waiting = this.#waiting.messages;
    return {
      course: this.#course,
      totals: this.#totals,
      times: this.#times,
      hindrances: this.#hindrances,
    };
  }

  #pass(second: number): void {
    const { arrivals, retentionSeconds } = this.#scenario;
    const arrived = arrivals(second);
    const before = this.#waiting.messages;
    const again = this.#comeAgain(second);
    this.#waiting.add({ arrivedAt: second, receives: 0, messages: arrived });
    this.#totals.arrived += arrived;
    this.#totals.expired += this.#waiting.expire(second - retentionSeconds);
    const inflow = arrived + again;
    const gather = this.#gathering(inflow, before);
    const start = this.#begin(second, gather, inflow);
    this.#receive(second, start);
    this.#finish(second);
    this.#write(second, arrived, (inflow * gather.seconds) / 2);
  }

  /** What failed and is visible again, or is a dead letter when it would be received once more. */
  #comeAgain(second: number): number {
    let again = 0;
    for (const portion of this.#hidden.get(second) ?? []) {
      this.#totals.inFlight -= portion.messages;
      this.#hiddenMessages -= portion.messages;
      if (portion.receives >= this.#scenario.maxReceiveCount) {
        this.#totals.deadLetters += portion.messages;
      } else {
        this.#waiting.add(portion);
        again += portion.messages;
      }
    }
    this.#hidden.delete(second);
    return again;
  }

  /**
   * How large batches become while messages do not wait, and how long that takes: each poller opens one with its first
   * message, and sends it off when it is full or its window ends.
   */
  #gathering(inflow: number, waiting: number): Gathering {
    const { pollers, batchSize, windowSeconds } = this.#scenario;
    const readers = Math.min(pollers, this.#limit());
    if (waiting >= readers * batchSize) return { size: batchSize, seconds: 0 };
    const each = inflow / readers;
    const size = Math.min(batchSize, 1 + each * windowSeconds);
    return { size, seconds: Math.min(windowSeconds, each > 0 ? (size - 1) / each : 0) };
  }

  /** Batches that may be in work at a time. */
  #limit(): number {
    const { maximumConcurrency = Infinity, accountConcurrency } = this.#scenario;
    return Math.min(this.#pollers, maximumConcurrency, accountConcurrency);
  }

  /** How many batches begin, of which size, and what keeps it from being more. */
  #begin(second: number, gather: Gathering, inflow: number): Start {
    const { service, batchSize, accountConcurrency } = this.#scenario;
    const limit = this.#limit();
    const free = Math.max(0, limit - this.#inWork.heldIn(second));
    const rate = accountConcurrency * invocationsPerConcurrency;
    const visible = Math.min(this.#waiting.messages, this.#room(second));
    // Slots suffice for so many batches of a size, warm.
    const most = (size: number): number => free / Math.min(1, batchSeconds(service, size));
    const fits = (size: number): boolean => Math.min(most(size), rate) * size >= visible;
    const bySlots = most(gather.size) * gather.size < visible;
    const size = fits(gather.size) ? gather.size : sizeThatFits(gather.size, batchSize, fits);
    const wanted = Math.min(visible / size, rate);
    const started = this.#split(second, wanted, size, free, limit);
    const messages = Math.min(visible, (started.warm + started.cold) * size);
    this.#noteHindrance(second, {
      rest: this.#waiting.messages - messages,
      byRoom: visible < this.#waiting.messages && messages >= visible * 0.999,
      byRate: started.warm + started.cold >= rate * 0.999,
    });
    this.#grow(bySlots, this.#inWork.heldIn(second) + started.warm * Math.min(1, started.seconds));
    // While all slots are in use messages gather in the queue, as many as the next free slot then takes.
    const untilFree = size > gather.size && inflow > 0 ? size / inflow : 0;
    return { ...started, size, messages, gatherSeconds: Math.max(gather.seconds, Math.min(untilFree, 1)) };
  }

  /** How many messages can be received until the quota of those in flight is reached. */
  #room(second: number): number {
    const { service, batchSize, failureRate } = this.#scenario;
    const left = inFlightQuota - this.#hiddenMessages - this.#messagesInWork.heldIn(second);
    // What is done within the second is in flight for a part of it only.
    const each = failureRate + (1 - failureRate) * Math.min(1, batchSeconds(service, batchSize));
    return Math.max(0, left) / each;
  }

  /** How many batches find an environment ready and how many wait for a new one, as far as slots are free. */
  #split(
    second: number,
    wanted: number,
    size: number,
    free: number,
    limit: number,
  ): Omit<Start, 'messages' | 'gatherSeconds'> {
    const seconds = batchSeconds(this.#scenario.service, size);
    const mean = this.#inWork.heldIn(second) + wanted * Math.min(1, seconds);
    // So many at one time in all but a thousandth of the time, when batches come at random (Poisson).
    const needed = Math.min(limit, Math.ceil(mean + 3 * Math.sqrt(mean)));
    const fresh = this.#warm.need(second, needed);
    const coldHolds = Math.min(1, seconds + this.#initSeconds);
    const cold = Math.min(fresh, wanted, free / coldHolds);
    const warm = Math.min(wanted - cold, Math.max(0, free - cold * coldHolds) / Math.min(1, seconds));
    return { warm, cold, size, seconds };
  }

  /** Down to those in use, as fast as up: AWS says how fast pollers become more, and only that they become fewer. */
  #grow(busy: boolean, inUse: number): void {
    if (busy) this.#pollers = Math.min(growth.ceiling, this.#pollers + growth.perSecond);
    else this.#pollers = Math.max(growth.atFirst, Math.ceil(inUse - 1e-6), this.#pollers - growth.perSecond);
  }

  #noteHindrance(
    second: number,
    held: { readonly rest: number; readonly byRoom: boolean; readonly byRate: boolean },
  ): void {
    if (held.rest < 1) return;
    const limit = held.byRoom ? 'in-flight' : held.byRate ? 'invocation-rate' : this.#narrowest();
    const before = this.#hindrances.get(limit);
    this.#hindrances.set(limit, {
      firstSecond: before?.firstSecond ?? second,
      seconds: (before?.seconds ?? 0) + 1,
    });
  }

  #narrowest(): Limit {
    const { maximumConcurrency = Infinity, accountConcurrency } = this.#scenario;
    if (maximumConcurrency <= Math.min(accountConcurrency, this.#pollers)) return 'maximum-concurrency';
    if (accountConcurrency <= this.#pollers) return 'account-concurrency';
    return this.#pollers >= growth.ceiling ? 'mapping' : 'growth';
  }

  /** Takes the messages of the batches that begin; what will fail is put aside until it is visible again. */
  #receive(second: number, start: Start): void {
    const { failureRate, visibilityTimeoutSeconds } = this.#scenario;
    const { warm, cold, seconds, gatherSeconds } = start;
    const batches = warm + cold;
    // Less than that of a message is what sums of fractions leave.
    if (batches <= 0 || start.messages <= 1e-9) return;
    const taken = this.#waiting.take(start.messages);
    const messages = taken.reduce((sum, portion) => sum + portion.messages, 0);
    this.#totals.inFlight += messages;
    const coldShare = cold / batches;
    this.#work(second, warm, seconds, messages * (1 - coldShare) * (1 - failureRate));
    this.#work(second, cold, seconds + this.#initSeconds, messages * coldShare * (1 - failureRate));
    this.#totals.coldStarts += cold;
    const size = messages / batches;
    const requests = 2 * Math.ceil(size / messagesARequest - 1e-9);
    this.#totals.queueRequests += batches * requests;
    this.#sample(second, taken, {
      messages: messages * (1 - failureRate),
      coldShare,
      seconds,
      gatherSeconds,
    });
    if (failureRate > 0) this.#hide(second + Math.max(visibilityTimeoutSeconds, Math.ceil(seconds)), taken);
  }

  #work(second: number, batches: number, seconds: number, done: number): void {
    this.#inWork.start(second, batches, seconds);
    this.#messagesInWork.start(second, done, seconds);
    this.#totals.invocations += batches;
    this.#totals.billedMs += batches * Math.ceil(seconds * 1000 - 1e-6);
    // Begun evenly over a second, so ended evenly over one that lies across two.
    const whole = second + Math.floor(seconds);
    const later = seconds - Math.floor(seconds);
    this.#doneIn[whole] = (this.#doneIn[whole] ?? 0) + done * (1 - later);
    this.#doneIn[whole + 1] = (this.#doneIn[whole + 1] ?? 0) + done * later;
  }

  #hide(until: number, taken: readonly Portion[]): void {
    const { failureRate } = this.#scenario;
    const byReceives = Map.groupBy(taken, ({ receives }) => receives);
    const failed = [...byReceives].map(([receives, portions]) => {
      const messages = portions.reduce((sum, portion) => sum + portion.messages, 0);
      const arrivedAt =
        portions.reduce((sum, portion) => sum + portion.arrivedAt * portion.messages, 0) / messages;
      return { arrivedAt, receives: receives + 1, messages: messages * failureRate };
    });
    this.#hiddenMessages += failed.reduce((sum, { messages }) => sum + messages, 0);
    this.#hidden.set(until, [...(this.#hidden.get(until) ?? []), ...failed]);
  }

  #sample(
    second: number,
    taken: readonly Portion[],
    batch: { messages: number; coldShare: number; seconds: number; gatherSeconds: number },
  ): void {
    const { spread = [1] } = this.#scenario.service;
    const all = taken.reduce((sum, portion) => sum + portion.messages, 0);
    if (batch.messages <= 0) return;
    for (let count = 0; count < samplesASecond; count += 1) {
      // One of each eighth, in the order of the queue.
      let place = ((count + this.#random()) / samplesASecond) * all;
      const portion = taken.find(({ messages }) => (place -= messages) <= 0) ?? taken.at(-1);
      const waited = Math.max(0, second - (portion?.arrivedAt ?? second) + this.#random() - this.#random());
      const queued = portion?.arrivedAt === second ? 0 : waited;
      const share = spread[Math.floor(this.#random() * spread.length)] ?? 1;
      const init = this.#random() < batch.coldShare ? this.#initSeconds : 0;
      const gathered = batch.gatherSeconds * this.#random();
      this.#times.add(queued + gathered + batch.seconds * share + init, batch.messages / samplesASecond);
    }
  }

  #finish(second: number): void {
    const done = this.#doneIn[second] ?? 0;
    this.#course.done[second] = done;
    this.#totals.done += done;
    this.#totals.inFlight -= done;
  }

  #write(second: number, arrived: number, gathering: number): void {
    const { arrived: arrivals, concurrency, backlog, oldestAge, inFlight } = this.#course;
    const held = this.#inWork.heldIn(second);
    const messagesHeld = this.#messagesInWork.heldIn(second);
    this.#inWork.end(second);
    this.#messagesInWork.end(second);
    arrivals[second] = arrived;
    concurrency[second] = held;
    backlog[second] = this.#waiting.messages;
    oldestAge[second] =
      this.#waiting.messages > 1e-6 ? second + 1 - (this.#waiting.oldestArrivedAt ?? second) : 0;
    inFlight[second] = messagesHeld + this.#hiddenMessages + gathering;
    const idle = Math.max(0, Math.min(this.#limit(), this.#scenario.pollers) - held);
    this.#totals.queueRequests += idle / longPollSeconds;
  }
}

/** The smallest size with which the batches take all that is there; the largest where none does. */
function sizeThatFits(least: number, most: number, fits: (size: number) => boolean): number {
  if (!fits(most)) return most;
  let [low, high] = [least, most];
  for (let halved = 0; halved < 20; halved += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}
