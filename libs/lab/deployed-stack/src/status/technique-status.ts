import type { SQSClient } from '@aws-sdk/client-sqs';

import { DeployedQueue, type QueueDepth } from '../deployed-queue.ts';
import type { DeployedStack, DeployedTechnique } from '../deployed-stack.ts';
import type { FunctionMetrics } from './function-metrics.ts';

/** How a technique's queue, dead letters and function stood at one time. */
export interface TechniqueStatus {
  readonly function: string;
  /** `null` of a stream or a topic, which counts nothing. */
  readonly queue: QueueDepth | null;
  readonly deadLetters: number | null;
  /** `null` where CloudWatch told none. */
  readonly metrics: FunctionMetrics | null;
}

/** Asks every queue of the stack how much it holds. */
export async function lookAtQueues(
  client: SQSClient,
  stack: DeployedStack,
): Promise<readonly Omit<TechniqueStatus, 'metrics'>[]> {
  return Promise.all(stack.techniques.map((technique) => lookAt(client, technique)));
}

async function lookAt(
  client: SQSClient,
  { name, source, deadLetterQueueUrl: dead }: DeployedTechnique,
): Promise<Omit<TechniqueStatus, 'metrics'>> {
  const [queue, deadLetters] = await Promise.all([
    source?.kind === 'queue'
      ? new DeployedQueue(client, source.queueUrl, `The queue of ${name}`).depth()
      : null,
    dead === undefined ? null : new DeployedQueue(client, dead, `The dead-letter queue of ${name}`).depth(),
  ]);
  return { function: name, queue, deadLetters: deadLetters && deadLetters.visible + deadLetters.inFlight };
}

/** Messages that are still to be worked on, or are in work. */
export function waitingIn({ queue }: Pick<TechniqueStatus, 'queue'>): number {
  return queue === null ? 0 : queue.visible + queue.inFlight + queue.delayed;
}

/** Those of which nobody tells whether they are drained: they read a stream or a topic. */
export function withoutBacklog<Status extends Pick<TechniqueStatus, 'queue'>>(
  statuses: readonly Status[],
): readonly Status[] {
  return statuses.filter(({ queue }) => queue === null);
}

/** Whether no queue holds anything that is still to be worked on. */
export function isDrained(statuses: readonly Pick<TechniqueStatus, 'queue'>[]): boolean {
  return statuses.every((status) => waitingIn(status) === 0);
}
