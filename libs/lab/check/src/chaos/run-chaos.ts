import { setTimeout as sleep } from 'node:timers/promises';

import { seededRandom } from '@parallel-lambda/event-sources';
import {
  type FunctionOptions,
  type InvocationResult,
  localFunctionOptions,
  LabError,
} from '@parallel-lambda/local-lambda';
import { findFunction, queueUrl, type StacksOfAssembly } from '@parallel-lambda/local-stack';
import { queueCounts, StackServer, withSettings } from '@parallel-lambda/local-stack/server';

import { CompletionRecorder } from './completion-recorder.ts';
import { FaultInjector } from './fault-injector.ts';
import { sendMessages, takeAll } from './known-messages.ts';
import { planMessages, type MessageKind, type PlannedMessage, type Protocol } from './message-plan.ts';
import { judge, type Verdict } from './verdict.ts';

/** Options of a run. */
export interface ChaosPlan {
  readonly stacks: StacksOfAssembly;
  /** Names of the functions that receive messages. Empty for all functions. */
  readonly functions: readonly string[];
  readonly seed: number;
  /** Format of their messages. */
  readonly protocol: Protocol;
  /** Messages to send, unless `minutes` is given. */
  readonly messages: number;
  /** Messages are sent for this long, as fast as they are processed. */
  readonly minutes?: number | undefined;
  readonly settings: FunctionOptions;
  readonly concurrency: number;
  /** Called with the progress every now and then. */
  readonly onProgress: (progress: ChaosProgress) => void;
  /** Called with faults of the served stack, which continues after them. */
  readonly onError: (error: unknown) => void;
}

/** Progress of a run. */
export interface ChaosProgress {
  readonly sent: number;
  readonly done: number;
  /** Messages in the queues, including those in flight. */
  readonly left: number;
}

/** A function with its queue, during a run. */
interface Target {
  readonly name: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** The queue of `PARKING_QUEUE_URL`, if the stack has it. */
  readonly parkingQueueUrl: string | undefined;
  readonly plan: Generator<PlannedMessage, never>;
}

/** Seconds beyond the functions' timeout, so that no message is redelivered while it is in flight. */
const visibilityMarginSeconds = 1;
/** The queues are not filled further than this: what waits takes time from what works. */
const maxWaiting = 2_000;
const messagesPerTurn = 100;

/** Sends messages through a served stack while environments are killed and stopped, and reports their results. */
export async function runChaos(plan: ChaosPlan): Promise<Verdict> {
  const startedAt = performance.now();
  const invocations = { success: 0, error: 0, timeout: 0 };
  const count = ({ status }: InvocationResult): void => {
    invocations[status] += 1;
  };
  await using recorder = await CompletionRecorder.listen();
  const { targets, ...brought } = await bringUp(plan, recorder, count);
  await using server = brought.server;
  const served = [...server.functions.values()].filter(({ name }) =>
    targets.some((one) => one.name === name),
  );
  await using injector = new FaultInjector(served, seededRandom(plan.seed));
  const running = { server, targets, recorder, sent: new Map<string, MessageKind>() };
  await sendAll(plan, running);
  await drained(running, plan);
  const deadLetters = new Set<string>();
  const parked = new Map<string, number>();
  for (const { deadLetterQueueUrl, parkingQueueUrl } of targets) {
    for (const body of await takeAll(server.client, deadLetterQueueUrl)) deadLetters.add(idIn(body));
    if (parkingQueueUrl === undefined) continue;
    for (const id of (await takeAll(server.client, parkingQueueUrl)).map(idIn)) {
      parked.set(id, (parked.get(id) ?? 0) + 1);
    }
  }
  const { seed } = plan;
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    seed,
    ...judge({ sent: running.sent, done: recorder.counts, deadLetters, parked }),
    invocations,
    environments: injector.faults,
    seconds,
  };
}

async function bringUp(
  { stacks, settings, concurrency, functions, seed, protocol, onError }: ChaosPlan,
  recorder: CompletionRecorder,
  count: (result: InvocationResult) => void,
): Promise<{ server: StackServer; targets: readonly Target[] }> {
  const names = functions.length > 0 ? functions : stacks.assembly.functions.map(({ name }) => name);
  const queues = names.map((name) => queuesOf(name, stacks));
  const visibilityTimeout = (settings.timeout ?? 3) + visibilityMarginSeconds;
  const server = await StackServer.start(withSettings(stacks, { visibilityTimeout, window: 0 }), {
    port: 0,
    functionOptions: { ...localFunctionOptions(settings), concurrency },
    onInvocation: ({ result }) => {
      count(result);
    },
    onError,
  });
  const urlOf = (queue: string): string => queueUrl(server.endpoint, queue);
  const targets = queues.map(({ name, queue, deadLetterQueue, parkingQueue }, index) => ({
    name,
    queueUrl: urlOf(queue),
    deadLetterQueueUrl: urlOf(deadLetterQueue),
    parkingQueueUrl: parkingQueue && urlOf(parkingQueue),
    plan: planMessages(name, seededRandom(seed + index), recorder.urlOf, protocol),
  }));
  return { server, targets };
}

/**
 * Finds the names of the queue that a function reads, of its dead-letter queue and of its parking queue.
 *
 * @throws {LabError} `usage`, if there is no such function; `failure`, if it has no queue with a dead-letter queue: the
 *   fate of its messages would be unknown
 */
function queuesOf(name: string, { assembly, stacks }: StacksOfAssembly) {
  const { environment } = findFunction(assembly, name);
  const parkingName = environment.PARKING_QUEUE_URL?.split('/').at(-1);
  const queues = stacks.flatMap((stack) => stack.queues);
  const parkingQueue = queues.find((queue) => queue.name === parkingName)?.name;
  const read = stacks
    .flatMap(({ mappings }) => mappings)
    .filter(({ source, functionName }) => source === 'sqs' && functionName === name)
    .map(({ sourceArn }) => sourceArn);
  for (const queue of queues) {
    const { RedrivePolicy: policy } = queue.attributes;
    if (!read.includes(queue.arn) || policy === undefined) continue;
    const { deadLetterTargetArn } = JSON.parse(policy) as { readonly deadLetterTargetArn: string };
    const deadLetterQueue = deadLetterTargetArn.split(':').at(-1) ?? '';
    return { name, queue: queue.name, deadLetterQueue, parkingQueue };
  }
  throw new LabError(
    'failure',
    `${name} does not read a queue that has a dead-letter queue. Choose another function: chaos counts the messages of both queues.`,
  );
}

/** State that sending and draining share. */
interface Running {
  readonly server: StackServer;
  readonly targets: readonly Target[];
  readonly sent: Map<string, MessageKind>;
  readonly recorder: CompletionRecorder;
}

async function sendAll(plan: ChaosPlan, running: Running): Promise<void> {
  const { server, targets, sent, recorder } = running;
  const { minutes } = plan;
  const messages = minutes === undefined ? plan.messages : Infinity;
  const endsAtMs = performance.now() + 60_000 * (minutes ?? Infinity);
  for (let turn = 0; sent.size < messages && performance.now() < endsAtMs; turn += 1) {
    const target = targets[turn % targets.length];
    if (!target) return;
    const next = Array.from(
      { length: Math.min(messagesPerTurn, messages - sent.size) },
      () => target.plan.next().value,
    );
    await sendMessages(server.client, target.queueUrl, next);
    for (const { id, kind } of next) sent.set(id, kind);
    const left = await leftIn(running);
    plan.onProgress({ sent: sent.size, done: recorder.counts.size, left });
    if (left > maxWaiting) await sleep(200);
  }
}

async function drained(running: Running, { onProgress }: ChaosPlan): Promise<void> {
  for (let left = await leftIn(running); left > 0; left = await leftIn(running)) {
    onProgress({ sent: running.sent.size, done: running.recorder.counts.size, left });
    await sleep(250);
  }
}

async function leftIn({ server, targets }: Running): Promise<number> {
  const counts = await Promise.all(targets.map(({ queueUrl }) => queueCounts(server.client, { queueUrl })));
  return counts.reduce((sum, { waiting = 0, inFlight = 0 }) => sum + waiting + inFlight, 0);
}

/** A body's last step, or its only one, is the request that identifies its message to the recorder. */
function idIn(body: string): string {
  const [last] = [JSON.parse(body) as Step | readonly Step[]].flat().slice(-1);
  return new URL(last?.fetch ?? '').pathname.slice(1);
}

interface Step {
  readonly fetch?: string;
}
