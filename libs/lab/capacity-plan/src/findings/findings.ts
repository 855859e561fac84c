import { growth } from '@parallel-lambda/event-sources';

import { countText, momentText, timeText } from './plan-text.ts';
import type { Plan } from './planned.ts';
import {
  inFlightQuota,
  invocationsPerConcurrency,
  type Limit,
  type Scenario,
} from '../simulation/scenario.ts';
import { batchSeconds } from '../simulation/service-time.ts';
import type { Hindrance } from '../simulation/simulated.ts';

/** What a plan comes to, in sentences. */
export interface PlanFindings {
  /** Which quota is hit first and what to change; what is lost or left. */
  readonly warnings: readonly string[];
  /** What is as it should be. */
  readonly notes: readonly string[];
}

/** Says what a plan comes to. */
export function findingsOf(plan: Plan): PlanFindings {
  const { hindrances, scenario, concurrency, inFlightMax } = plan;
  const [first] = [...hindrances]
    .filter(([limit]) => limit !== 'growth')
    .sort(([, one], [, other]) => one.firstSecond - other.firstSecond);
  const [limit, share] = nearest(scenario, concurrency.max, inFlightMax);
  return {
    warnings: [...(first ? [hitSentence(...first, scenario)] : []), ...lossSentences(plan)],
    notes: [
      ...(first
        ? []
        : [`No quota is hit. The nearest is ${nameOf(limit, scenario)}: ${Math.round(share * 100)} %.`]),
      ...growthSentences(hindrances.get('growth')),
    ],
  };
}

function hitSentence(limit: Limit, { firstSecond, seconds }: Hindrance, scenario: Scenario): string {
  const when = `at ${momentText(firstSecond)}, and in ${timeText(seconds)} altogether`;
  return `Hit first: ${nameOf(limit, scenario)}, ${when}. ${remedies[limit]}`;
}

function growthSentences(growing: Hindrance | undefined): readonly string[] {
  if (!growing) return [];
  return [
    `Lambda's pollers grow by ${growth.perSecond * 60} a minute, and messages waited for that for ` +
      `${timeText(growing.seconds)} altogether, first at ${momentText(growing.firstSecond)}.`,
  ];
}

const remedies: Readonly<Record<Limit, string>> = {
  growth: '',
  mapping:
    'Larger batches, more memory or another technique make do with less; provisioned pollers or a second queue allow more.',
  'maximum-concurrency':
    'Raise --max-concurrency, if what the function works with bears it; or make batches larger.',
  'account-concurrency':
    'Ask AWS for more (Service Quotas), or make do with less: larger batches, more memory.',
  'invocation-rate': 'Make batches larger: each invocation then does more.',
  'in-flight':
    'Shorten what messages are in flight for: the window, the batch, the visibility timeout of those that fail; or split the queue.',
};

function nameOf(limit: Limit, { maximumConcurrency = growth.ceiling, accountConcurrency }: Scenario): string {
  switch (limit) {
    case 'growth':
      return 'the growth of pollers';
    case 'mapping':
      return `the ${countText(growth.ceiling)} batches of a mapping`;
    case 'maximum-concurrency':
      return `the mapping's maximum concurrency of ${maximumConcurrency}`;
    case 'account-concurrency':
      return `the account's concurrency of ${accountConcurrency}`;
    case 'invocation-rate':
      return `the ${countText(accountConcurrency * invocationsPerConcurrency)} invocations a second of the account`;
    case 'in-flight':
      return `the queue's ${countText(inFlightQuota)} messages in flight`;
  }
}

function nearest(
  { maximumConcurrency = Infinity, accountConcurrency }: Scenario,
  concurrency: number,
  inFlight: number,
): readonly [Limit, number] {
  const shares: readonly (readonly [Limit, number])[] = [
    ['account-concurrency', concurrency / accountConcurrency],
    ['maximum-concurrency', concurrency / maximumConcurrency],
    ['mapping', concurrency / growth.ceiling],
    ['in-flight', inFlight / inFlightQuota],
  ];
  return shares.reduce((most, share) => (share[1] > most[1] ? share : most));
}

function lossSentences({ totals, scenario, course, hindrances }: Plan): readonly string[] {
  const { waiting, deadLetters, expired } = totals;
  const before = course.backlog[Math.floor(scenario.seconds * 0.9)] ?? 0;
  const needed = neededAtOnce(course.arrived, scenario);
  return [
    ...(waiting > 1 && waiting > before
      ? [
          `It does not keep up: ${countText(waiting)} messages wait at the end and become more.` +
            (hindrances.has('in-flight')
              ? ''
              : ` At the highest rate, full batches need ${countText(needed)} at a time.`),
        ]
      : []),
    ...(waiting > 1 && waiting <= before ? [`${countText(waiting)} messages wait at the end.`] : []),
    ...(deadLetters >= 1
      ? [
          `${countText(deadLetters)} messages become dead letters, after ${scenario.maxReceiveCount} receives.`,
        ]
      : []),
    ...(expired >= 1
      ? [`${countText(expired)} messages are lost: they waited for longer than the queue keeps them.`]
      : []),
  ];
}

/** Little's law: batches a second × seconds a batch, each message as often as it is received on the mean. */
function neededAtOnce(arrived: Float64Array, scenario: Scenario): number {
  const { service, batchSize, failureRate, maxReceiveCount } = scenario;
  const rate = arrived.reduce((most, one) => Math.max(most, one), 0);
  const receives =
    failureRate < 1 ? (1 - failureRate ** maxReceiveCount) / (1 - failureRate) : maxReceiveCount;
  return ((rate * receives) / batchSize) * batchSeconds(service, batchSize);
}

/** How the plan is made, and how far it is to be trusted. */
export const assumptions: readonly string[] = [
  'A fluid model of a standard queue in steps of a second, by what AWS documents of SQS and Lambda, that begins with an idle queue and ' +
    'no environment; the times of messages are sampled.',
  'Not in it: queueing by chance, so that near the capacity messages wait longer than this says (p99 was up to a fifth longer where it ' +
    'was compared); arrivals that come in bursts within a second; what SQS and the network take (some 20 ms); the backing off after ' +
    'errors; other functions of the account; FIFO queues and streams.',
];
