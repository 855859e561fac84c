import { delaysOf } from './backoff.ts';
import { Execution, type StartedBatches } from './execution.ts';
import type { LatencyHistogram } from './latency-histogram.ts';
import { Pollers, type Gathering } from './pollers.ts';
import { billedRequests, redeliveryRequests } from './queue-requests.ts';
import { Queue, sumOf } from './queue.ts';
import { inFlightQuota, invocationsPerConcurrency, type Limit, type Scenario } from './scenario.ts';
import { batchSeconds } from './service-time.ts';
import { Statistics, type LimitPeriod, type TimeSeries, type Totals } from './statistics.ts';

/** The result of a simulation. */
export interface Simulation {
  readonly series: TimeSeries;
  readonly totals: Totals;
  /** Times from the arrival of messages until they are processed. */
  readonly latency: LatencyHistogram;
  readonly limits: ReadonlyMap<Limit, LimitPeriod>;
}

/** The batches that start in a second. */
interface Start extends StartedBatches {
  /** Messages per batch. */
  readonly size: number;
  /** Messages in all of them. */
  readonly messages: number;
  /** Duration of a batch, without INIT. */
  readonly seconds: number;
  /** Time to gather a batch: until it is full, its window ends, or the concurrency allows it. */
  readonly gatherSeconds: number;
}

/**
 * Simulates a queue and its function second by second. Messages and batches are a fluid: there are no single ones, and
 * within a second all is even. Only the times of messages are sampled.
 */
export function simulate(scenario: Scenario): Simulation {
  return new Simulator(scenario).run();
}

class Simulator {
  readonly #scenario: Scenario;
  readonly #queue: Queue;
  readonly #pollers: Pollers;
  readonly #execution: Execution;
  readonly #statistics: Statistics;
  #parked = 0;
  #queueRequests = 0;
  #pollerSeconds = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#queue = new Queue(scenario.maxReceiveCount);
    this.#pollers = new Pollers(scenario);
    this.#execution = new Execution(scenario);
    this.#statistics = new Statistics(scenario);
  }

  run(): Simulation {
    for (let second = 0; second < this.#scenario.seconds; second += 1) this.#simulateSecond(second);
    const { arrived, processed, series, latency, limits } = this.#statistics;
    const { deadLetters, expired, visibleMessages, inFlight } = this.#queue;
    const { invocations, coldStarts, billedMs } = this.#execution;
    return {
      series,
      totals: {
        arrived,
        processed,
        deadLetters,
        parked: this.#parked,
        expired,
        waiting: visibleMessages,
        inFlight,
        invocations,
        coldStarts,
        billedMs,
        queueRequests: this.#queueRequests,
        pollerSeconds: this.#pollerSeconds,
      },
      latency,
      limits,
    };
  }

  #simulateSecond(second: number): void {
    const arrived = this.#scenario.arrivals(second);
    const backlog = this.#queue.visibleMessages;
    const redelivered = this.#queue.endVisibilityTimeout(second);
    this.#queue.send(second, arrived);
    this.#queue.expire(second - this.#scenario.retentionSeconds);
    const inflow = arrived + redelivered;
    const gathering = this.#pollers.gather(inflow, backlog);
    this.#receive(second, this.#planBatches(second, gathering, inflow));
    const settled = this.#execution.settledIn(second);
    this.#queue.delete(settled);
    const { failureRate, parkRate } = this.#scenario;
    const parked = failureRate < 1 ? (settled * parkRate) / (1 - failureRate) : 0;
    this.#parked += parked;
    const processed = settled - parked;
    this.#endSecond(second, { arrived, processed, gathered: (inflow * gathering.seconds) / 2 });
  }

  /** Decides the number and size of the batches that start, and records the limit that prevents more. */
  #planBatches(second: number, gathering: Gathering, inflow: number): Start {
    const { service, batchSize, accountConcurrency } = this.#scenario;
    const { maxBatches } = this.#pollers;
    const free = Math.max(0, maxBatches - this.#execution.batchesIn(second));
    const maxRate = accountConcurrency * invocationsPerConcurrency;
    const backlog = this.#queue.visibleMessages;
    const quota = this.#receivable(second);
    const throughput = this.#pollers.messagesPerSecond;
    const receivable = Math.min(backlog, quota, throughput);
    const byConcurrency = (size: number): number => free / Math.min(1, batchSeconds(service, size));
    const fits = (size: number): boolean => Math.min(byConcurrency(size), maxRate) * size >= receivable;
    const isBusy = throughput < backlog || byConcurrency(gathering.size) * gathering.size < receivable;
    const size = fits(gathering.size) ? gathering.size : smallestThatFits(gathering.size, batchSize, fits);
    const wanted = Math.min(receivable / size, maxRate);
    const started = this.#execution.split(second, wanted, size, { maxBatches, free });
    const batches = started.warm + started.cold;
    const messages = Math.min(receivable, batches * size);
    const seconds = batchSeconds(service, size);
    if (backlog - messages >= 1) {
      const isReceived = receivable < backlog && messages >= receivable * 0.999;
      const isRate = batches >= maxRate * 0.999;
      const byReceives = throughput < quota ? this.#throughputLimit() : 'in-flight';
      this.#statistics.recordLimit(
        second,
        isReceived ? byReceives : isRate ? 'invocation-rate' : this.#pollers.limit,
      );
    }
    this.#pollers.scale(isBusy, this.#execution.batchesIn(second) + started.warm * Math.min(1, seconds));
    // While the concurrency is used up, messages gather in the queue, and the next batch takes them.
    const untilFree = size > gathering.size && inflow > 0 ? size / inflow : 0;
    const gatherSeconds = Math.max(gathering.seconds, Math.min(untilFree, 1));
    return { ...started, size, messages, seconds, gatherSeconds };
  }

  /** More pollers receive more, until there are as many as the maximum. */
  #throughputLimit(): Limit {
    const { provisionedPollers } = this.#scenario;
    return this.#pollers.provisioned < (provisionedPollers?.maximum ?? 0) ? 'growth' : 'poller-throughput';
  }

  /** Returns how many messages can be received until the quota of messages in flight is reached. */
  #receivable(second: number): number {
    const { service, batchSize, failureRate } = this.#scenario;
    const left = inFlightQuota - this.#queue.hiddenMessages - this.#execution.messagesIn(second);
    // A message that is processed within the second is in flight for a part of it only.
    const each = failureRate + (1 - failureRate) * Math.min(1, batchSeconds(service, batchSize));
    return Math.max(0, left) / each;
  }

  /** Receives the messages of the batches that start, and hides those that will fail until they are redelivered. */
  #receive(second: number, start: Start): void {
    const { failureRate, parkRate, visibilityTimeoutSeconds, backoff, messageBytes } = this.#scenario;
    const { warm, cold, seconds, gatherSeconds } = start;
    const batches = warm + cold;
    // Smaller fractions of a message are rounding errors.
    if (batches <= 0 || start.messages <= 1e-9) return;
    const portions = this.#queue.receive(start.messages);
    const messages = sumOf(portions);
    this.#execution.start(second, start, seconds, messages);
    this.#queueRequests += batches * billedRequests(messages / batches, messageBytes);
    this.#statistics.recordLatency(second, { portions, coldShare: cold / batches, seconds, gatherSeconds });
    const delayed = backoff ? messages * failureRate : 0;
    this.#queueRequests +=
      batches * redeliveryRequests((messages * parkRate) / batches, delayed / batches, messageBytes);
    if (failureRate === 0) return;
    const endsAt = second + Math.ceil(seconds);
    this.#queue.hide(portions, failureRate, (receives) =>
      backoff
        ? delaysOf(backoff, receives).map((delay) => endsAt + delay)
        : [Math.max(second + visibilityTimeoutSeconds, endsAt)],
    );
  }

  #endSecond(
    second: number,
    values: { readonly arrived: number; readonly processed: number; readonly gathered: number },
  ): void {
    const { visibleMessages, oldestArrivedAt, hiddenMessages } = this.#queue;
    const concurrency = this.#execution.batchesIn(second);
    this.#statistics.recordSecond(second, {
      arrived: values.arrived,
      processed: values.processed,
      concurrency,
      backlog: visibleMessages,
      oldestAge: visibleMessages > 1e-6 ? second + 1 - (oldestArrivedAt ?? second) : 0,
      inFlight: this.#execution.messagesIn(second) + hiddenMessages + values.gathered,
    });
    this.#execution.end(second);
    this.#queueRequests += this.#pollers.emptyReceives(concurrency);
    this.#pollerSeconds += this.#pollers.provisioned;
  }
}

/** Returns the smallest batch size with which the batches take all messages; the largest size if none does. */
function smallestThatFits(min: number, max: number, fits: (size: number) => boolean): number {
  if (!fits(max)) return max;
  let [low, high] = [min, max];
  for (let halved = 0; halved < 20; halved += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}
