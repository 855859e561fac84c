import { sqsRecord } from '@parallel-lambda/event-sources';
import {
  LocalFunction,
  type FunctionDefinition,
  type InvocationResult,
  type Runtime,
} from '@parallel-lambda/local-lambda';

import { CallObserver, type Answer, type CallEvent } from './call-observer.ts';

/** One message of a trial. */
export interface TrialMessage {
  readonly id: string;
  /** Message group, in a FIFO queue. */
  readonly group?: string;
  /** @default 'succeed' */
  readonly answer?: Answer;
  /** Body, in place of one that requests a call. */
  readonly body?: string;
  /** Number of spaces at the end of the body. @default 0 */
  readonly padding?: number;
}

/** Observations of one invocation, from outside. */
export interface Trial {
  readonly result: InvocationResult;
  /** Identifiers that the function reported; `undefined` if it did not respond. */
  readonly reported: readonly string[] | undefined;
  readonly events: readonly CallEvent[];
  /** Maximum number of messages in flight. */
  readonly peak: number;
  /** Messages in flight when the function responded. */
  readonly openAtResponse: number;
}

/** Options for a trial. */
export interface TrialOptions {
  /** Batch that the same environment processes before; its result is ignored. */
  readonly before?: readonly TrialMessage[];
  /** Report what the function left running. @default false */
  readonly strict?: boolean;
  /** Minimum timeout of the function, in seconds. */
  readonly timeoutSeconds?: number;
  /** Time without a new call after which the first calls are answered, in ms. @default 250 */
  readonly firstQuietMs?: number;
}

/** A function under check. */
export interface Subject {
  readonly definition: FunctionDefinition;
  readonly runtime: Runtime;
  /** Size of the largest batch and number of messages sent through the queue. */
  readonly messages: number;
  /** Seed of the injected faults. */
  readonly seed: number;
  /** Called with the progress of a long check. */
  readonly onProgress: (text: string) => void;
  /** Called with faults of the served stack, which continues after them. */
  readonly onError: (error: unknown) => void;
}

/** Invokes a function once, in a new environment. */
export async function tryMessages(
  subject: Subject,
  messages: readonly TrialMessage[],
  { before, strict = false, timeoutSeconds = 0, firstQuietMs }: TrialOptions = {},
): Promise<Trial> {
  const answers = answersTo(messages);
  const earlier = answersTo(before ?? []);
  await using observer = await CallObserver.open((id) => answers.get(id) ?? 'fail', firstQuietMs);
  await using earlierObserver = await CallObserver.open((id) => earlier.get(id) ?? 'fail');
  const overrides = { timeoutSeconds: Math.max(subject.definition.timeoutSeconds, timeoutSeconds) };
  await using local = new LocalFunction(subject.definition, { runtime: subject.runtime, strict, overrides });
  if (before) {
    await local.invoke({ Records: recordsOf(before, earlierObserver) });
    // The environment is frozen, so messages in flight receive their answer in the next invocation.
    earlierObserver.answerHeld();
  }
  const result = await local.invoke({ Records: recordsOf(messages, observer) });
  // The environment is frozen now. A connection that the function closed before that is seen a moment later.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { open: openAtResponse, events, peak } = observer;
  return { result, reported: reportedIn(result), events, peak, openAtResponse };
}

function answersTo(messages: readonly TrialMessage[]): ReadonlyMap<string, Answer> {
  return new Map(messages.map(({ id, answer = 'succeed' }) => [id, answer]));
}

function recordsOf(messages: readonly TrialMessage[], observer: CallObserver) {
  return messages.map(({ id, group, body = JSON.stringify({ fetch: observer.url(id) }), padding = 0 }) =>
    sqsRecord({
      messageId: id,
      body: body + ' '.repeat(padding),
      ...(group !== undefined && { messageGroupId: group }),
    }),
  );
}

/** Invokes a function with any event. */
export async function invokeOnce(subject: Subject, event: unknown): Promise<InvocationResult> {
  await using local = new LocalFunction(subject.definition, { runtime: subject.runtime });
  return await local.invoke(event);
}

function reportedIn(result: InvocationResult): readonly string[] | undefined {
  if (result.status !== 'success') return undefined;
  const { batchItemFailures = [] } = (result.payload ?? {}) as {
    readonly batchItemFailures?: readonly { readonly itemIdentifier?: string }[];
  };
  return batchItemFailures.map(({ itemIdentifier }) => String(itemIdentifier));
}
