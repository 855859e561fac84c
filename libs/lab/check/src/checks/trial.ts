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
  /** In a FIFO queue. */
  readonly group?: string;
  /** @default 'succeed' */
  readonly answer?: Answer;
  /** In place of what asks for a call. */
  readonly body?: string;
  /** Spaces that the body has after its call. @default 0 */
  readonly padding?: number;
}

/** What was seen of one invocation, from outside. */
export interface Trial {
  readonly result: InvocationResult;
  /** The identifiers that the function reported; `undefined` when it did not respond. */
  readonly reported: readonly string[] | undefined;
  readonly events: readonly CallEvent[];
  /** The most messages in work at one time. */
  readonly peak: number;
  /** How many messages were in work when the function responded. */
  readonly openAtResponse: number;
}

/** How a trial goes. */
export interface TrialOptions {
  /** A batch that the same environment works on before; what comes of it is not looked at. */
  readonly before?: readonly TrialMessage[];
  /** Find what the function left running. @default false */
  readonly strict?: boolean;
  /** The function's timeout, where that is less than this. */
  readonly timeoutSeconds?: number;
  /** Time without a new call after which the first calls are answered, in ms. @default 250 */
  readonly firstQuietMs?: number;
}

/** A function under check. */
export interface Subject {
  readonly definition: FunctionDefinition;
  readonly runtime: Runtime;
  /** The size of the largest batch, and how many messages go through the queue. */
  readonly messages: number;
  /** Decides what befalls messages and environments. */
  readonly seed: number;
  /** Is told how far a check is that takes long. */
  readonly onProgress: (text: string) => void;
}

/** Invokes a function once, in an environment of its own. */
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
    // The environment is frozen: what is still in work hears of it in the next invocation.
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
