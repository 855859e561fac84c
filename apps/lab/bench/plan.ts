import { setTimeout as sleep } from 'node:timers/promises';

import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { type Arrivals, planOf, type Scenario } from '@parallel-lambda/capacity-plan';
import { pricesOf } from '@parallel-lambda/report';

import { openStacks } from '../src/serve/run.ts';
import { StackServer, withSettings } from '@parallel-lambda/local-stack/server';
import { serviceMap } from '@parallel-lambda/local-stack/server';

/** What `lab plan` says of a small load, beside what the served stack does with it. */

interface Load {
  readonly name: string;
  readonly arrivals: Arrivals;
  readonly seconds: number;
  readonly batchSize: number;
  readonly window: number;
  readonly maximumConcurrency: number;
  /** What each message waits for. */
  readonly waitMs: number;
}

const loads: readonly Load[] = [
  {
    name: '30 a second, batches of 10 at most, no window, 3 at a time',
    arrivals: () => 30,
    seconds: 60,
    batchSize: 10,
    window: 0,
    maximumConcurrency: 3,
    waitMs: 400,
  },
  {
    name: '40 a second, batches of 20 at most, 1 s window, 5 at a time',
    arrivals: () => 40,
    seconds: 60,
    batchSize: 20,
    window: 1,
    maximumConcurrency: 5,
    waitMs: 400,
  },
  {
    name: '10 a second, 50 for 15 s, batches of 10 at most, no window, 2 at a time',
    arrivals: (second) => (second >= 15 && second < 30 ? 50 : 10),
    seconds: 100,
    batchSize: 10,
    window: 0,
    maximumConcurrency: 2,
    waitMs: 1000,
  },
];

interface Figures {
  readonly concurrency: number;
  /** Messages that wait; of what is seen also those that are being gathered. */
  readonly backlog: number;
  /** Seconds. */
  readonly oldestAge: number;
  readonly p50: number;
  readonly p99: number;
  readonly invocations: number;
}

/** A batch that has ended. */
interface Ended {
  readonly atMs: number;
  readonly durationMs: number;
  readonly initMs: number;
  readonly messages: number;
}

for (const load of loads) {
  const { service, ...seen } = await served(load);
  const said = planned(load, service);
  console.log(load.name);
  console.table({ planned: rounded(said), seen: rounded(seen) });
}

/** Sends the load through the stack, ten times a second, and waits until all is done. */
async function served(load: Load): Promise<Figures & { readonly service: { ms: number; initMs: number } }> {
  const ended: Ended[] = [];
  const { assembly, stacks } = withSettings(await openStacks(undefined), load);
  const bounded = stacks.map((stack) => ({
    ...stack,
    mappings: stack.mappings.map((mapping) => ({
      ...mapping,
      maximumConcurrency: load.maximumConcurrency,
    })),
  }));
  await using server = await StackServer.start(
    { assembly, stacks: bounded },
    {
      port: 0,
      functionOptions: { concurrency: 10 },
      onInvocation: ({ batch, result: { report } }) => {
        ended.push({
          atMs: performance.now(),
          durationMs: report.durationMs,
          initMs: report.initDurationMs ?? 0,
          messages: batch?.messages ?? 0,
        });
      },
      onError: console.error,
    },
  );
  const where = serviceMap(server.endpoint, stacks, ['promises']);
  const queueUrl = where.functions.promises?.queueUrl;
  const sentAt: number[] = [];
  const startedAt = performance.now();
  for (let tenth = 0; tenth < load.seconds * 10; tenth += 1) {
    await sleep(Math.max(0, startedAt + tenth * 100 - performance.now()));
    const count = Math.round(load.arrivals(Math.floor(tenth / 10)) / 10);
    const Entries = Array.from({ length: count }, (_, id) => ({
      Id: String(id),
      MessageBody: JSON.stringify({ wait: load.waitMs }),
    }));
    await server.client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    sentAt.push(...Entries.map(() => performance.now()));
  }
  const doneCount = (): number => ended.reduce((sum, { messages }) => sum + messages, 0);
  while (doneCount() < sentAt.length) await sleep(100);
  const doneAt = ended.flatMap(({ atMs, messages }) => Array.from({ length: messages }, () => atMs));
  // The queue keeps the order here, so the n-th that was sent is the n-th that was done.
  const times = sentAt.map((at, place) => ((doneAt[place] ?? at) - at) / 1000).sort((a, b) => a - b);
  const untilMs = startedAt + load.seconds * 1000;
  const busyMs = ended.reduce((sum, { durationMs, initMs, atMs }) => {
    const [from, to] = [atMs - durationMs - initMs, Math.min(atMs, untilMs)];
    return sum + Math.max(0, to - from);
  }, 0);
  return {
    concurrency: busyMs / (load.seconds * 1000),
    backlog: mostWaiting(sentAt, ended),
    oldestAge: longestWait(sentAt, ended),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    invocations: ended.length,
    service: {
      ms: quantile(
        ended.map(({ durationMs }) => durationMs).sort((a, b) => a - b),
        0.5,
      ),
      initMs: Math.max(...ended.map(({ initMs }) => initMs)),
    },
  };
}

/** Sent, and not yet in a batch. */
function mostWaiting(sentAt: readonly number[], ended: readonly Ended[]): number {
  const changes = [
    ...sentAt.map((at) => ({ at, by: 1 })),
    ...ended.map(({ atMs, durationMs, initMs, messages }) => ({
      at: atMs - durationMs - initMs,
      by: -messages,
    })),
  ].sort((one, other) => one.at - other.at);
  let [waiting, most] = [0, 0];
  for (const { by } of changes) {
    waiting += by;
    most = Math.max(most, waiting);
  }
  return most;
}

/** How long the first message of a batch had waited when the batch began. */
function longestWait(sentAt: readonly number[], ended: readonly Ended[]): number {
  let place = 0;
  const waits = ended.map(({ atMs, durationMs, initMs, messages }) => {
    const sent = sentAt[place] ?? 0;
    place += messages;
    return (atMs - durationMs - initMs - sent) / 1000;
  });
  return Math.max(...waits);
}

function rounded(figures: Figures): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number((value as number).toPrecision(3))]),
  );
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

function planned(load: Load, { ms, initMs }: { ms: number; initMs: number }): Figures {
  const scenario: Scenario = {
    arrivals: load.arrivals,
    seconds: load.seconds,
    service: { points: [{ messages: load.batchSize, ms }], initMs },
    batchSize: load.batchSize,
    windowSeconds: load.window,
    // The served mapping gathers one batch after another.
    pollers: 1,
    maximumConcurrency: load.maximumConcurrency,
    accountConcurrency: 1000,
    failureRate: 0,
    maxReceiveCount: 5,
    visibilityTimeoutSeconds: 180,
    retentionSeconds: 345_600,
    seed: 1,
  };
  const plan = planOf(scenario, { memoryMb: 3008, architecture: 'arm64', prices: pricesOf('us-east-1') });
  return {
    concurrency: plan.course.concurrency.reduce((sum, value) => sum + value, 0) / load.seconds,
    backlog: plan.backlogMax,
    oldestAge: plan.oldestAgeMax,
    p50: plan.messageTime?.p50 ?? 0,
    p99: plan.messageTime?.p99 ?? 0,
    invocations: plan.totals.invocations,
  };
}
