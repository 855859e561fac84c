import type { Action } from './actions.ts';
import type { Task } from './task.ts';

/**
 * Writes a task as the text of a message: the payload, then the task on the last line, so that the text starts with
 * the payload.
 */
export function writeTask(task: Task<Action>, payload = ''): string {
  return `${payload}\n${JSON.stringify(task)}`;
}
