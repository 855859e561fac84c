import type { Random } from '@parallel-lambda/event-sources';

interface Entry {
  readonly Id: string;
}

interface SendEntry extends Entry {
  readonly MessageAttributes: Readonly<
    Record<string, { readonly StringValue?: string | undefined } | undefined>
  >;
}

interface VisibilityEntry extends Entry {
  readonly ReceiptHandle: string;
  /** Duration in seconds. */
  readonly VisibilityTimeout: number;
}

interface BatchResult {
  readonly Successful: readonly { readonly Id: string }[];
  readonly Failed: readonly { readonly Id: string; readonly Code: string; readonly Message: string }[];
}

/** The shares of invocations all of whose calls fail, of calls without an answer, and of entries that are refused. */
const failing = { invocations: 0.05, calls: 0.02, entries: 0.02 };
/** The longest time of a call that is answered, in virtual milliseconds. */
const maxCallMs = 50;

/**
 * The calls of SQS that one invocation makes: some fail, are refused in part or have no answer. It has the methods of the client
 * `SQS` of `@aws-sdk/client-sqs` that a redelivery needs.
 */
export class SimulatedCalls {
  /** The identifiers of the messages that are in the parking queue, in the order of the calls. */
  readonly parked: string[] = [];
  /** The visibility timeouts that were set, in seconds, by receipt handle. */
  readonly delays = new Map<string, number>();
  /** Called when the environment ends between two calls. */
  onDeath: () => void = () => undefined;
  readonly #random: Random;
  readonly #allFail: boolean;
  #callsLeft: number;

  /** @param maxCalls the number of calls after which the environment ends; `Infinity` if it does not */
  constructor(random: Random, maxCalls: number) {
    this.#random = random;
    this.#allFail = random() < failing.invocations;
    this.#callsLeft = maxCalls;
  }

  sendMessageBatch({ Entries }: { readonly Entries: readonly SendEntry[] }): Promise<BatchResult> {
    return this.#call(Entries, ({ MessageAttributes }) => {
      this.parked.push(MessageAttributes.ParkedMessageId?.StringValue ?? '');
    });
  }

  changeMessageVisibilityBatch({
    Entries,
  }: {
    readonly Entries: readonly VisibilityEntry[];
  }): Promise<BatchResult> {
    return this.#call(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
      this.delays.set(ReceiptHandle, VisibilityTimeout);
    });
  }

  async #call<One extends Entry>(
    entries: readonly One[],
    accept: (entry: One) => void,
  ): Promise<BatchResult> {
    if (this.#callsLeft <= 0) {
      this.onDeath();
      // Whatever the handler does now has no effect.
      return { Successful: entries, Failed: [] };
    }
    this.#callsLeft -= 1;
    if (this.#random() < failing.calls) return new Promise(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, this.#random() * maxCallMs));
    if (this.#allFail) throw Object.assign(new Error('No such queue'), { name: 'QueueDoesNotExist' });
    const refused = entries.filter(() => this.#random() < failing.entries);
    const accepted = entries.filter((entry) => !refused.includes(entry));
    accepted.forEach(accept);
    return {
      Successful: accepted,
      Failed: refused.map(({ Id }) => ({ Id, Code: 'InternalError', Message: 'Refused' })),
    };
  }
}
