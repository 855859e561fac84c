import { growth, provisionedPoller } from '@parallel-lambda/event-sources';
import { counted } from '@parallel-lambda/report';

import type { Plan } from '../plan.ts';
import { longestDelay } from '../simulation/backoff.ts';
import {
  inFlightQuota,
  invocationsPerConcurrency,
  type Limit,
  type Scenario,
} from '../simulation/scenario.ts';
import { batchSeconds } from '../simulation/service-time.ts';
import type { LimitPeriod } from '../simulation/statistics.ts';
import { countText, listed, messagesText, momentText, timeText } from './units.ts';
import { unknownPrices } from './unknown-prices.ts';

/** The findings of a plan, one sentence or two each. */
export interface Findings {
  /** The limit that is reached first and what to change; messages that are lost, left or dead letters. */
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** Returns the findings of a plan. */
export function findingsOf(plan: Plan): Findings {
  const { limits, scenario } = plan;
  const [first] = [...limits]
    .filter(([limit]) => limit !== 'growth')
    .sort(([, one], [, other]) => one.firstSecond - other.firstSecond);
  return {
    warnings: [
      ...(first ? [limitSentence(...first, scenario)] : []),
      ...backlogSentences(plan),
      ...lossSentences(plan),
    ],
    notes: [
      ...(first ? [] : [nearestSentence(plan)]),
      ...growthSentences(limits.get('growth'), scenario),
      ...failureSentences(scenario),
      ...priceSentences(plan),
    ],
  };
}

function limitSentence(limit: Limit, { firstSecond, seconds }: LimitPeriod, scenario: Scenario): string {
  const when = `first at ${momentText(firstSecond)}, for ${timeText(seconds)} in total`;
  return `Limited by ${nameOf(limit, scenario)}: ${when}. ${remedies[limit]}`;
}

function growthSentences(period: LimitPeriod | undefined, scenario: Scenario): readonly string[] {
  if (!period) return [];
  return [
    `Lambda adds ${scenario.provisionedPollers ? 100 : growth.perSecond * 60} pollers per minute. Messages waited for more pollers for ` +
      `${timeText(period.seconds)} in total, first at ${momentText(period.firstSecond)}.`,
  ];
}

const remedies: Readonly<Record<Limit, string>> = {
  growth: '',
  mapping:
    'Use larger batches, more memory or another technique. Provisioned pollers or a second queue raise the limit.',
  'maximum-concurrency':
    'Raise --max-concurrency if the downstream service can handle it, or use larger batches.',
  'provisioned-pollers': 'Raise the maximum of --pollers, or use larger batches.',
  'poller-throughput': 'Raise --pollers: each poller receives up to 1 MB and 100 messages per second.',
  'account-concurrency': 'Request a higher quota (Service Quotas), or use larger batches or more memory.',
  'invocation-rate': 'Use larger batches, so that each invocation processes more messages.',
  'in-flight':
    'Shorten the window, the duration of a batch or the visibility timeout of failed messages, or use a second queue.',
};

function nameOf(limit: Limit, scenario: Scenario): string {
  const { maximumConcurrency = growth.ceiling, accountConcurrency, provisionedPollers } = scenario;
  switch (limit) {
    case 'growth':
      return 'the growth of pollers';
    case 'mapping':
      return `the ${countText(growth.ceiling)} batches of a mapping`;
    case 'maximum-concurrency':
      return `the mapping's maximum concurrency of ${maximumConcurrency.toLocaleString('en')}`;
    case 'provisioned-pollers':
      return `the ${countText((provisionedPollers?.maximum ?? 0) * provisionedPoller.batches)} batches of ${counted(provisionedPollers?.maximum ?? 0, 'poller')}`;
    case 'poller-throughput':
      return `the throughput of ${counted(provisionedPollers?.maximum ?? 0, 'poller')}`;
    case 'account-concurrency':
      return `the account's concurrency of ${accountConcurrency.toLocaleString('en')}`;
    case 'invocation-rate':
      return `the account's ${countText(accountConcurrency * invocationsPerConcurrency)} invocations per second`;
    case 'in-flight':
      return `the queue's ${countText(inFlightQuota)} messages in flight`;
  }
}

function nearestSentence({ scenario, concurrency, inFlightMax }: Plan): string {
  const { maximumConcurrency = Infinity, accountConcurrency, provisionedPollers } = scenario;
  const shares: readonly (readonly [Limit, number])[] = [
    ['account-concurrency', concurrency.max / accountConcurrency],
    ['maximum-concurrency', concurrency.max / maximumConcurrency],
    provisionedPollers
      ? ['provisioned-pollers', concurrency.max / (provisionedPollers.maximum * provisionedPoller.batches)]
      : ['mapping', concurrency.max / growth.ceiling],
    ['in-flight', inFlightMax / inFlightQuota],
  ];
  const [limit, share] = shares.reduce((max, one) => (one[1] > max[1] ? one : max));
  return `No quota is reached. The nearest is ${nameOf(limit, scenario)}: ${Math.round(share * 100)}% used.`;
}

function backlogSentences({ totals: { waiting }, scenario, series, limits }: Plan): readonly string[] {
  const before = series.backlog[Math.floor(scenario.seconds * 0.9)] ?? 0;
  if (waiting <= 1) return [];
  if (waiting <= before) return [`${messagesText(waiting)} wait at the end.`];
  const growing = `The function does not keep up: ${messagesText(waiting)} wait at the end, and the backlog grows.`;
  if (limits.has('in-flight')) return [growing];
  const needed = neededConcurrency(series.arrived, scenario);
  return [`${growing} At the highest rate, full batches need a concurrency of ${countText(needed)}.`];
}

/** Little's law: batches per second × seconds per batch, with the mean number of receives per message. */
function neededConcurrency(arrived: Float64Array, scenario: Scenario): number {
  const { service, batchSize, failureRate, maxReceiveCount } = scenario;
  const rate = arrived.reduce((max, one) => Math.max(max, one), 0);
  const receives =
    failureRate < 1 ? (1 - failureRate ** maxReceiveCount) / (1 - failureRate) : maxReceiveCount;
  return ((rate * receives) / batchSize) * batchSeconds(service, batchSize);
}

function lossSentences({ totals: { deadLetters, expired }, scenario }: Plan): readonly string[] {
  return [
    ...(deadLetters >= 1
      ? [
          `Dead letters: ${countText(deadLetters)}, after ${counted(scenario.maxReceiveCount, 'receive')} each.`,
        ]
      : []),
    ...(expired >= 1
      ? [`Lost: ${messagesText(expired)}, which waited longer than the retention period.`]
      : []),
  ];
}

/** States how long a message is retried. */
function failureSentences(scenario: Scenario): readonly string[] {
  const { failureRate, maxReceiveCount, backoff, visibilityTimeoutSeconds } = scenario;
  if (failureRate === 0) return [];
  const waits = Array.from({ length: maxReceiveCount }, (_, retries) =>
    backoff ? 0.75 * longestDelay(backoff, retries + 1) : visibilityTimeoutSeconds,
  );
  const seconds = waits.reduce((sum, wait) => sum + wait, 0);
  return [`A message that always fails is a dead letter after about ${timeText(seconds)}.`];
}

function priceSentences(plan: Plan): readonly string[] {
  const unknown = unknownPrices(plan);
  if (unknown.length === 0) return [];
  return [
    `The prices of this region do not have ${listed(unknown.map(({ key }) => key))}, so the plan leaves out ` +
      `${listed(unknown.map(({ what }) => what))}. Pass a file that has them: --prices FILE.`,
  ];
}

/** The model of every plan, and its simplifications. */
export const assumptions: readonly string[] = [
  'The plan is a fluid model of a standard queue in steps of one second, from the documentation of SQS and Lambda. It starts with an ' +
    'idle queue and no environment. Times per message are sampled.',
  'Not modelled: random queueing (near the capacity, messages wait longer), bursts within a second, the latency of SQS ' +
    'and the network (about 20 ms), the time of calls that park and delay, backoff of Lambda after errors, other functions of the account, ' +
    'FIFO queues and streams.',
];
