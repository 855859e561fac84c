import type { FunctionDefinition, Runtime } from '@parallel-lambda/local-lambda';

import type { MessageFactory } from '../messages/message-factory.ts';
import type { TestMessage } from '../messages/test-message.ts';
import type { Observation, ObservedCall } from '../observe/observation.ts';
import { ObservedFunction, type ObservedOptions } from '../observe/observed-function.ts';
import { destinationOf } from '../observe/service-answer.ts';

/** Findings of the first batches about a function. */
export interface SubjectInfo {
  /** Calls of the first batch. */
  readonly calls: number;
  /** Messages of the first batch. */
  readonly messages: number;
  /** Messages that have a call that is recognized as their own. */
  readonly recognized: number;
  /** True if each message has a call that identifies it. */
  readonly attributed: boolean;
  /** Messages of the first batch whose calls were made after its response. */
  readonly late: number;
  /** Longest duration of a warm batch whose calls were answered immediately, in milliseconds. */
  readonly batchMs: number;
  /** Such as `POST https://orders.example.com/orders/7`. */
  readonly example: string;
  /** Connections that are not HTTP. */
  readonly notHttp: readonly string[];
  /** Queues and topics that messages were sent to. */
  readonly destinations: readonly string[];
}

/** A function under check. */
export interface Subject {
  readonly definition: FunctionDefinition;
  readonly runtime: Runtime;
  readonly factory: MessageFactory;
  readonly info: SubjectInfo;
  /** Messages in the largest batch. */
  readonly maxBatch: number;
  /** Timeout of a trial that sets none, in seconds. @default that of the definition */
  readonly timeoutSeconds?: number;
}

/** Messages of an ordinary trial. */
export const trialSize = 10;

/** The longest that a check waits for a timeout, in seconds. */
export const maxWaitSeconds = 15;

/**
 * Timeout of a function whose calls are held until it is quiet, in seconds: it must not reach its deadline before, on a
 * busy machine either.
 */
export const holdingTimeoutSeconds = 8;

/** Opens the function of a subject in a new environment. */
export function openSubject(
  { definition, runtime, factory, timeoutSeconds }: Omit<Subject, 'info' | 'maxBatch'>,
  options: Pick<ObservedOptions, 'strict' | 'timeoutSeconds'> = {},
): Promise<ObservedFunction> {
  return ObservedFunction.open({ definition, runtime, format: factory.format, timeoutSeconds, ...options });
}

/** Returns whether a call is one of these messages'. */
export function isOf(call: Pick<ObservedCall, 'messages'>, keys: ReadonlySet<string>): boolean {
  return haveCommon(call.messages, keys);
}

/** Returns whether a call sends a message to a queue or topic that only failed messages reach, such as a parking queue. */
export function isPassingOn({ call }: Pick<ObservedCall, 'call'>, { info }: Pick<Subject, 'info'>): boolean {
  const destination = destinationOf(call);
  return destination !== undefined && !info.destinations.includes(destination);
}

/** Returns whether two sets have an element in common. */
export function haveCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((each) => other.has(each));
}

export function keysOf(messages: readonly TestMessage[]): ReadonlySet<string> {
  return new Set(messages.map(({ key }) => key));
}

/** Returns the messages that the source redelivers after this response. */
export function redelivered(
  { response }: Pick<Observation, 'response'>,
  messages: readonly TestMessage[],
  checkpoint: boolean,
): ReadonlySet<string> {
  const all = keysOf(messages);
  if (response.kind === 'malformed') return response.effect === 'all deleted' ? new Set() : all;
  if (response.kind !== 'reported') return all;
  // Lambda takes an identifier that is not in the batch for a failure of the whole batch.
  if (response.keys.some((key) => !all.has(key))) return all;
  if (!checkpoint || response.keys.length === 0) return new Set(response.keys);
  const first = messages.findIndex(({ key }) => response.keys.includes(key));
  return keysOf(messages.slice(first));
}

/** Describes a response in a few words. */
export function responseText(
  { response }: Pick<Observation, 'response'>,
  messages: readonly TestMessage[],
): string {
  switch (response.kind) {
    case 'timeout':
      return 'the invocation timed out';
    case 'error':
      return `the invocation failed: ${response.errorType}${response.message === '' ? '' : `: ${response.message}`}`;
    case 'malformed':
      return `the response cannot be read: ${response.problem}`;
    case 'reported': {
      const places = response.keys.map((key) => messages.findIndex((message) => message.key === key));
      if (response.isOther) return 'no message was reported: the response is not an object';
      if (places.length === 0) return 'no message was reported';
      if (places.includes(-1))
        return `an identifier was reported that is not in the batch: ${String(response.keys[places.indexOf(-1)])}`;
      const list =
        places.length > 5
          ? `${places.length} messages`
          : `message ${places.map((place) => place + 1).join(', ')}`;
      return `reported: ${list}`;
    }
  }
}

/** Result of a check that was not run; `seen` has the reason. */
export const notTried = { result: 'unknown', sent: 'nothing', how: 'it was not tried' } as const;

/** Says why nothing is known of a function whose calls cannot be recognized; `undefined` if they can. */
export function unattributable({ info, factory }: Pick<Subject, 'info' | 'factory'>): string | undefined {
  if (info.attributed) return undefined;
  if (info.calls === 0) {
    const others =
      info.notHttp.length > 0 ? ` but connections that are not (${info.notHttp.join(', ')})` : '';
    return `the function made no HTTP call${others}, so its work can neither be held nor failed`;
  }
  if (info.late > 0) {
    return `the function responded before it had made the calls of ${info.late} of ${info.messages} messages`;
  }
  if (info.recognized > 0) {
    return `a call was seen for ${info.recognized} of ${info.messages} messages: the others were skipped, or their calls do not identify them`;
  }
  const hint = factory.isOwn
    ? 'use --body with {n} or {id} in a field that the calls contain'
    : 'use --event or --body';
  return `the calls (${info.example}) contain nothing that distinguishes the messages: ${hint}`;
}
