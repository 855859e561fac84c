import type { RedeliveryRequest } from '@parallel-lambda/batch/technique';

import { callInTens, type TensOptions } from './call-in-tens.ts';
import { sizeOf } from './fit.ts';
import { parkEntry } from './park-entry.ts';
import type { GivenUp } from './parked-attributes.ts';
import { queueUrlOf } from './queue-url.ts';
import type { SqsCalls, VisibilityEntry } from './sqs-calls.ts';

/** The maximum size of a message in bytes, and that of queues created before 2025-08: 256 KiB. */
const MAX_MESSAGE_BYTES = 1_048_576;
const FORMER_MAX_MESSAGE_BYTES = 262_144;
/** Distinct errors that are logged. */
const MAX_ERRORS = 3;

/** A message that is to be parked, with its position in the batch. */
export interface Parking extends GivenUp {
  readonly position: number;
}

/** A message whose visibility timeout is to be set, with its position in the batch. */
export interface Delay {
  readonly position: number;
  readonly record: { readonly receiptHandle: string; readonly eventSourceARN: string };
  /** Whole seconds. */
  readonly seconds: number;
}

/** Options for calls. */
export interface CallSettings {
  readonly connect: () => Promise<SqsCalls>;
  /** The longest time that the calls of one kind take together, in milliseconds. */
  readonly timeoutMs: number;
}

/** The calls of SQS for one batch. None of them rejects: a message whose call failed is not in the result. */
export class QueueCalls {
  readonly #request: RedeliveryRequest;
  readonly #settings: CallSettings;

  constructor(request: RedeliveryRequest, settings: CallSettings) {
    this.#request = request;
    this.#settings = settings;
  }

  /**
   * Sends messages to the parking queue. If the source keeps a checkpoint, they are sent in order until one is refused.
   *
   * @returns the positions of those that are in the queue
   */
  async park(messages: readonly Parking[], queueUrl: string): Promise<ReadonlySet<number>> {
    const { batch, context } = this.#request;
    const send = async (some: readonly Parking[], maxBytes: number) => {
      const place = { fifo: queueUrl.endsWith('.fifo'), context, maxBytes };
      const entries = some.map((message) => parkEntry(message, String(message.position), place));
      const result = await this.#call(entries, (client, abortSignal) => ({
        call: (ten) => client.sendMessageBatch({ QueueUrl: queueUrl, Entries: ten }, { abortSignal }),
        bytesOf: sizeOf,
        inOrder: batch.source.checkpoint,
      }));
      const large = entries
        .filter(({ Id }) => result.refused.has(Id))
        .filter((entry) => sizeOf(entry) > FORMER_MAX_MESSAGE_BYTES);
      return { ...result, large: new Set(large.map(({ Id }) => Id)) };
    };
    const first = await send(messages, MAX_MESSAGE_BYTES);
    const large = messages.filter(({ position }) => first.large.has(String(position)));
    const second = large.length > 0 ? await send(large, FORMER_MAX_MESSAGE_BYTES) : undefined;
    const refused = new Map([...first.refused].filter(([id]) => !first.large.has(id)));
    this.#log('park', new Map([...refused, ...(second?.refused ?? [])]), queueUrl);
    return positionsOf([...first.accepted, ...(second?.accepted ?? [])]);
  }

  /**
   * Sets the visibility timeout of messages, in their order.
   *
   * @returns the positions of those whose visibility timeout was set
   */
  async delay(messages: readonly Delay[]): Promise<ReadonlySet<number>> {
    const [first] = messages;
    if (!first) return new Set();
    const queueUrl = queueUrlOf(first.record.eventSourceARN);
    const entries = messages.map(({ position, record, seconds }): VisibilityEntry => ({
      Id: String(position),
      ReceiptHandle: record.receiptHandle,
      VisibilityTimeout: seconds,
    }));
    const { accepted, refused } = await this.#call(entries, (client, abortSignal) => ({
      call: (ten) =>
        client.changeMessageVisibilityBatch({ QueueUrl: queueUrl, Entries: ten }, { abortSignal }),
      inOrder: false,
    }));
    this.#log('delay', refused, queueUrl);
    return positionsOf(accepted);
  }

  async #call<Entry extends { readonly Id: string }>(
    entries: readonly Entry[],
    options: (client: SqsCalls, abortSignal: AbortSignal) => Omit<TensOptions<Entry>, 'signal'>,
  ): ReturnType<typeof callInTens> {
    const { signal } = this.#request;
    const limit = new AbortController();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = (): void => {
      limit.abort();
      reject(new Error('There was no answer in time'));
    };
    const timer = setTimeout(abort, this.#settings.timeoutMs);
    signal.addEventListener('abort', abort);
    aborted.catch(() => undefined);
    if (signal.aborted) abort();
    try {
      const client = await Promise.race([this.#settings.connect(), aborted]);
      return await callInTens(entries, { ...options(client, limit.signal), signal: limit.signal });
    } catch (error) {
      return { accepted: new Set(), refused: new Map(entries.map(({ Id }) => [Id, error as Error])) };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      limit.abort();
    }
  }

  /** Logs why messages were refused: a line per distinct error. */
  #log(what: 'park' | 'delay', refused: ReadonlyMap<string, Error>, queueUrl: string): void {
    const errors = Map.groupBy(refused.values(), ({ name, message }) => `${name}: ${message}`);
    for (const [text, [error, ...others]] of [...errors].slice(0, MAX_ERRORS)) {
      const count = others.length + 1;
      this.#request.log(
        `Cannot ${what} ${count} messages by ${queueUrl}: ${text}. They are retried as ordinary failures. ${adviceOn(what, error)}`,
        error,
      );
    }
  }
}

function adviceOn(what: 'park' | 'delay', error: Error | undefined): string {
  const name = error?.name ?? '';
  const [action, queue] =
    what === 'park'
      ? ['sqs:SendMessage', 'the parking queue']
      : ['sqs:ChangeMessageVisibility', 'the source queue'];
  if (name.startsWith('KMS') || name.startsWith('Kms')) {
    return `Allow kms:GenerateDataKey and kms:Decrypt on the key of ${queue} in the role of the function.`;
  }
  if (/AccessDenied|NotAuthorized/.test(name))
    return `Allow ${action} on ${queue} in the role of the function.`;
  if (/NonExistentQueue|QueueDoesNotExist/.test(name)) return `Check that ${queue} exists.`;
  return '';
}

function positionsOf(ids: Iterable<string>): ReadonlySet<number> {
  return new Set(Array.from(ids, Number));
}
