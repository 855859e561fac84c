import { setTimeout as sleep } from 'node:timers/promises';

import {
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';

import { answerOf } from '../answer-of.ts';
import { RemoteError } from '../remote-error.ts';

/** A move of dead letters as SQS does it. */
export interface MoveTask {
  /** Milliseconds since 1970: it tells one move from another. */
  readonly startedAt: number;
  readonly running: boolean;
  /** So far. */
  readonly moved: number;
  /** Why it ended before all were moved. */
  readonly failure: string | undefined;
}

/** How endpoints say that they do not know an action: SQS's stand-ins do not all move messages. */
const unknownAction = [
  'InvalidAction',
  'UnknownOperationException',
  'UnknownOperation',
  'NotImplemented',
  'NotImplementedException',
  // An answer that is not even JSON.
  'SyntaxError',
];

/** What is known of a move once SQS has taken it on. */
export interface StartedMove {
  /** The last move before it, which is listed until the new one is. */
  readonly before: MoveTask | undefined;
}

/**
 * Has SQS move the messages of a dead-letter queue back to where they came from. SQS does one move at a time: where one
 * is under way, that is it.
 *
 * @param arn of the dead-letter queue
 * @param rate messages a second, 1 to 500; as many as SQS can where it is left out
 * @returns `undefined` where the endpoint knows of no moves
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export async function startMove(
  client: SQSClient,
  arn: string,
  rate?: number,
): Promise<StartedMove | undefined> {
  try {
    const before = await lastMoveTask(client, arn);
    if (before?.running) return { before: undefined };
    const input = { SourceArn: arn, MaxNumberOfMessagesPerSecond: rate };
    await answerOf(client.send(new StartMessageMoveTaskCommand(input)));
    return { before };
  } catch (error) {
    if (error instanceof RemoteError && error.answered(...unknownAction)) return undefined;
    throw error;
  }
}

const betweenLooksMs = 500;

/**
 * Waits for a move to end.
 *
 * @param before the last move before it
 * @param onMoved is told how many have been moved so far
 * @returns how many have been moved
 * @throws {RemoteError} `answer`, when it ended before all were
 */
export async function followMove(
  client: SQSClient,
  arn: string,
  { before }: StartedMove,
  onMoved: (moved: number) => void,
): Promise<number> {
  for (;;) {
    const task = await lastMoveTask(client, arn);
    if (task && task.startedAt !== before?.startedAt) {
      const { running, moved, failure } = task;
      onMoved(moved);
      if (failure !== undefined) {
        throw new RemoteError('answer', `SQS ended the move early (${failure}); ${moved} were moved.`);
      }
      if (!running) return moved;
    }
    await sleep(betweenLooksMs);
  }
}

/**
 * The last move of a dead-letter queue.
 *
 * @returns `undefined` where there was none
 */
async function lastMoveTask(client: SQSClient, arn: string): Promise<MoveTask | undefined> {
  const { Results: [task] = [] } = await answerOf(
    client.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 })),
  );
  return task && readTask(task);
}

function readTask(task: ListMessageMoveTasksResultEntry): MoveTask {
  const { Status, ApproximateNumberOfMessagesMoved, FailureReason, StartedTimestamp } = task;
  return {
    startedAt: StartedTimestamp ?? 0,
    running: Status === 'RUNNING' || Status === 'CANCELLING',
    moved: ApproximateNumberOfMessagesMoved ?? 0,
    failure: Status === 'COMPLETED' || Status === 'RUNNING' ? undefined : (FailureReason ?? Status),
  };
}
