import { type Batch, readBatch } from '@parallel-lambda/batch/technique';

import type { Action } from '../work/actions.ts';
import { writeTask } from '../work/write-task.ts';
import type { SourceUnderTest } from './sources-under-test.ts';
import { type SentMessage, sqsEvent } from './sqs-event.ts';

/** Task and lane of a test's message. */
export type TaskSpec = Action | { readonly do: Action; readonly lane?: string };

/**
 * Creates one message per task. If one task has a lane, all messages have a message group; each task without a lane gets
 * a separate group.
 *
 * @param first the number of the first task: the recorder identifies messages by it
 * @default first 0
 */
export function sentMessages(tasks: readonly TaskSpec[], first = 0): readonly SentMessage[] {
  const ordered = tasks.some((task) => typeof task !== 'string' && task.lane !== undefined);
  return tasks.map((task, position) => {
    const number = first + position;
    const { do: action, lane = `alone-${number}` } = typeof task === 'string' ? { do: task } : task;
    return {
      id: `message-${number}`,
      body: writeTask({ number, do: action }),
      receiveCount: 1,
      ...(ordered && { group: lane }),
    };
  });
}

/**
 * Creates a batch with one message per task.
 *
 * @param first the number of the first task
 * @default first 0
 * @default source SQS, or SQS FIFO if a task has a lane
 */
export function batchOf(tasks: readonly TaskSpec[], first?: number, source?: SourceUnderTest): Batch {
  const messages = sentMessages(tasks, first);
  return readBatch(source ? source.eventOf(messages) : sqsEvent(messages), source?.options);
}
