import { describeShape } from '../describe.ts';
import { WorkNotRunError } from '../errors.ts';
import type { WorkContext } from '../work.ts';
import { throwIfReached, timeLeft, type MessageArguments, type WorkArguments } from './wrapped-work.ts';

/**
 * Processes several messages together. It gets the arguments of the work of one message as lists in the same order, and the context.
 *
 * @returns nothing if all succeeded, or a list with an entry per message: `undefined`, or the error of the message that failed.
 * When it throws or rejects, all messages of the group fail with that error.
 */
export type GroupWork<Args extends WorkArguments = MessageArguments> = (
  ...args: Lists<Args>
) => GroupResult | PromiseLike<GroupResult>;

/** A list per argument but the context: of the messages, or of values and of messages. */
type Lists<Args extends WorkArguments> = {
  [Position in keyof Args]: Args[Position] extends WorkContext ? WorkContext : readonly Args[Position][];
};

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what an async function without a result promises
type GroupResult = void | undefined | readonly (Error | undefined)[];

interface Member<Args> {
  readonly args: Args;
  readonly succeed: (value: undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** Messages of one batch that are processed together. A message leaves when its signal is aborted before. */
export class Group<Args extends WorkArguments> {
  readonly #work: GroupWork<Args>;
  readonly #context: WorkContext;
  readonly #onComplete: () => void;
  readonly #members = new Set<Member<Args>>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param context of the batch
   * @param onComplete called when the group takes no more messages
   */
  constructor(work: GroupWork<Args>, context: WorkContext, onComplete: () => void) {
    this.#work = work;
    this.#context = context;
    this.#onComplete = onComplete;
  }

  get size(): number {
    return this.#members.size;
  }

  /** Adds a message. The promise settles with the message. */
  add(args: Args, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const member = { args, succeed: resolve, fail: reject };
    const leave = (): void => {
      if (!this.#members.delete(member)) return;
      reject(signal.reason);
      if (this.size === 0) this.#close();
    };
    this.#members.add(member);
    signal.addEventListener('abort', leave, { once: true });
    return promise.finally(() => {
      signal.removeEventListener('abort', leave);
    });
  }

  /** Completes the group after a time in milliseconds, or half-way to the deadline if that is sooner. */
  completeWithin(ms: number): void {
    this.#timer = setTimeout(
      () => {
        this.complete();
      },
      Math.min(ms, timeLeft(this.#context) / 2),
    );
  }

  /** Processes the messages of the group. */
  complete(): void {
    this.#close();
    const members = [...this.#members];
    this.#members.clear();
    this.#process(members).then(
      (errors) => {
        for (const [index, { succeed, fail }] of members.entries()) {
          const error = errors?.[index];
          if (error === undefined) succeed(undefined);
          else fail(error);
        }
      },
      (error: unknown) => {
        for (const { fail } of members) fail(error);
      },
    );
  }

  async #process(members: readonly Member<Args>[]): Promise<readonly (Error | undefined)[] | undefined> {
    throwIfReached(this.#context);
    const args = (members[0]?.args ?? []).map((_, position) =>
      members.map((member) => member.args[position]),
    );
    const work = this.#work as (...args: readonly unknown[]) => unknown;
    return checkErrors(await work(...args.slice(0, -1), this.#context), members.length);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#onComplete();
  }
}

/** Returns the result of a group's work after checking which messages it reports. */
function checkErrors(result: unknown, count: number): readonly (Error | undefined)[] | undefined {
  if (result === undefined) return undefined;
  const expected =
    'Return nothing, or a list with one entry per message: undefined, or the error of the message.';
  if (!Array.isArray(result) || result.length !== count) {
    throw new WorkNotRunError(
      `The work of grouped returned ${describeShape(result)} for ${count} messages. ${expected}`,
    );
  }
  return Array.from(result, (entry: unknown) =>
    entry === undefined || entry instanceof Error
      ? entry
      : new WorkNotRunError(`The work of grouped returned an entry of type ${typeof entry}. ${expected}`),
  );
}
