/** Task of a message of the suite. */
export interface Task<Action extends string = string> {
  /** Identifies the message in the test. */
  readonly number: number;
  readonly do: Action;
  /** Digest of the message and the context that the work must get, for `check the digest`. */
  readonly digest?: string;
  /** Value for `check a schema`: valid if it is a number. */
  readonly amount?: unknown;
}

/** Reads the task and the payload from the text of a message. */
export function readTask(text: string): { readonly task: Task; readonly payload: string } {
  const body = readItemBody(text);
  const border = body.lastIndexOf('\n');
  return { task: JSON.parse(body.slice(border + 1)) as Task, payload: body.slice(0, border) };
}

/** Start of the text of a DynamoDB message, and of no other text of the suite. */
const startOfChange = '{"eventName":';

/** Returns the attribute `body` of the item in the text of a DynamoDB message; any other text as it is. */
export function readItemBody(text: string): string {
  if (!text.startsWith(startOfChange)) return text;
  return (JSON.parse(text) as { readonly newImage: { readonly body: string } }).newImage.body;
}
