import type { Deed } from './deeds.ts';

/** What a message of the suite asks of its work. */
export interface Task {
  /** Tells the message from all others of the test, to the witness. */
  readonly number: number;
  readonly do: Deed;
  /** What the work is to see of its message and its context, for `check the seal`. */
  readonly seal?: string;
  /** What a schema is to check: a number fits. */
  readonly amount?: unknown;
}

/**
 * Writes a task as the text of a message: the payload, then the task in a last line of its own, so that nothing
 * stands between the payload and the start of the text.
 */
export function writeTask(task: Task, payload = ''): string {
  return `${payload}\n${JSON.stringify(task)}`;
}

/** Reads the text of a message back. */
export function readTask(text: string): { readonly task: Task; readonly payload: string } {
  const border = text.lastIndexOf('\n');
  return { task: JSON.parse(text.slice(border + 1)) as Task, payload: text.slice(0, border) };
}
