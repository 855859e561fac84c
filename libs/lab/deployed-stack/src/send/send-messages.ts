import { setTimeout as sleep } from 'node:timers/promises';

import { LabError } from '@parallel-lambda/local-lambda';

import { byName, findFunction, findStack } from '../stack.ts';
import { destinationOf } from './destination-of.ts';
import type { Destination, FailedMessage, OutgoingMessage, Rejection } from './destination.ts';
import { notification, type NotifyingService } from './notification.ts';

/** Options for {@link sendMessages}. */
export interface SendOptions {
  /** Name of the stack. */
  readonly stack: string;
  /** Name of the function in the lab. Of a stack that the lab serves also its logical id or construct path, or those of a queue or an SNS topic. */
  readonly function: string;
  readonly messages: number;
  /** Body of each message. */
  readonly body: string;
  /** A service as which messages are sent to a queue or an SNS topic. @default none: each message is the body alone */
  readonly as?: NotifyingService | undefined;
  /** Message groups or keys, used in turn. @default 10 */
  readonly groups?: number | undefined;
  /** Receives the number of messages sent so far. */
  readonly onProgress?: (sent: number) => void;
}

/** The result of {@link sendMessages}. */
export interface SendResult {
  /** The destination: a queue's URL, or such as `the stream orders`. */
  readonly to: string;
  readonly sent: number;
  /** Messages that were not accepted, by reason. */
  readonly rejected: readonly (Rejection & { readonly count: number })[];
}

const defaultGroups = 10;

/** Requests in flight. */
const connections = 8;

const maxAttempts = 4;

/**
 * Sends messages to the event source of a deployed function. Messages of a FIFO queue, a stream or a topic are sent in
 * order.
 *
 * @throws {LabError} `usage`, if the stack has no such function, a message is too large, or `groups` or `as` do not apply
 */
export async function sendMessages(options: SendOptions): Promise<SendResult> {
  const stack = await findStack(options.stack);
  const place = byName(stack.functions, options.function)
    ? undefined
    : byName(stack.places, options.function);
  const target = place ?? findFunction(stack, options.function);
  return sendTo(await destinationOf(target), options);
}

/** Sends messages to a destination, in batches as large as it accepts. */
async function sendTo(
  destination: Destination,
  options: Omit<SendOptions, 'stack' | 'function'>,
): Promise<SendResult> {
  check(destination, options);
  const { grouped, place } = destination;
  const { as, body } = options;
  const bodyOf = (): string => (as === undefined ? body : notification(as, body));
  let sent = 0;
  const rejections: Rejection[] = [];
  const batches = batchesOf(destination, { ...options, bodyOf });
  const sendBatches = async (): Promise<void> => {
    for (const batch of batches) {
      const rejected = await sendBatch(destination, batch);
      rejections.push(...rejected);
      sent += batch.length - rejected.length;
      options.onProgress?.(sent);
    }
  };
  // Waits for all of them before an error is thrown, so that the number of sent messages is known.
  const ends = await Promise.allSettled(Array.from({ length: grouped ? 1 : connections }, sendBatches));
  const failed = ends.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
  if (failed) throw withCount(failed.reason, sent);
  return { to: place, sent, rejected: byReason(rejections) };
}

/**
 * Sends a batch, and sends the messages again whose failure is temporary.
 *
 * @param pause before an attempt, from 1. @default 200 ms, doubled each time
 * @returns a rejection for each message that was not accepted
 */
export async function sendBatch(
  destination: Pick<Destination, 'send'>,
  batch: readonly OutgoingMessage[],
  pause: (attempt: number) => Promise<unknown> = (attempt) => sleep(100 * 2 ** attempt),
): Promise<readonly Rejection[]> {
  const rejected: FailedMessage[] = [];
  let pending = batch;
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    const failed = await destination.send(pending);
    const retried = attempt < maxAttempts ? failed.filter(({ retryable }) => retryable) : [];
    rejected.push(...failed.filter((message) => !retried.includes(message)));
    const ids = new Set(retried.map(({ id }) => id));
    pending = pending.filter(({ id }) => ids.has(id));
    if (pending.length > 0) await pause(attempt);
  }
  return rejected.map(({ code, message }) => ({ code, message }));
}

function check(
  { place, service, limits, overheadBytes, grouped }: Destination,
  { body, groups, as }: Pick<SendOptions, 'body' | 'groups' | 'as'>,
): void {
  if (as !== undefined && !['SQS', 'SNS'].includes(service)) {
    throw new LabError(
      'usage',
      `Only queues and SNS topics receive messages of other services, and ${place} is neither. Remove --as.`,
    );
  }
  if (as === 'sns' && service === 'SNS') {
    throw new LabError('usage', `SNS itself delivers the messages of ${place}. Remove --as sns.`);
  }
  if (groups !== undefined && !grouped) {
    throw new LabError('usage', `Messages in ${place} have no groups. Remove --groups.`);
  }
  const message = as === undefined ? body : notification(as, body);
  const size = Buffer.byteLength(message) + overheadBytes;
  if (size <= limits.messageBytes) return;
  throw new LabError('usage', `A message has ${size} bytes, but ${service} accepts ${limits.messageBytes}.`);
}

function* batchesOf(
  { limits, overheadBytes }: Destination,
  {
    messages,
    bodyOf,
    groups = defaultGroups,
  }: Pick<SendOptions, 'messages' | 'groups'> & { readonly bodyOf: () => string },
): Generator<readonly OutgoingMessage[]> {
  const fitting = Math.floor(limits.requestBytes / (Buffer.byteLength(bodyOf()) + overheadBytes));
  const size = Math.max(1, Math.min(limits.messages, fitting));
  for (let first = 0; first < messages; first += size) {
    yield Array.from({ length: Math.min(size, messages - first) }, (_, index) => ({
      id: String(first + index),
      body: bodyOf(),
      group: `group-${(first + index) % groups}`,
    }));
  }
}

function byReason(rejections: readonly Rejection[]): SendResult['rejected'] {
  const groups = Map.groupBy(rejections, ({ code, message }) => `${code} ${message}`);
  return [...groups.values()].flatMap((group) => (group[0] ? { count: group.length, ...group[0] } : []));
}

function withCount(error: unknown, sent: number): unknown {
  if (sent === 0 || !(error instanceof LabError)) return error;
  const { code, message, cause } = error;
  return new LabError(code, `${message} At least ${sent} messages were sent before.`, { cause });
}
