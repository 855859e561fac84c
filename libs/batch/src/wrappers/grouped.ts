import { checkMilliseconds, checkOptions, checkWholeNumber, checkWork } from '../technique/check-options.ts';
import type { WorkContext } from '../work.ts';
import { Group, type GroupWork } from './group.ts';
import {
  batchContextOf,
  contextIn,
  throwIfReached,
  type MessageArguments,
  type WorkArguments,
} from './wrapped-work.ts';

const MAX_SIZE = 10_000;

/** Options for `grouped`. */
export interface GroupedOptions {
  /** The maximum number of messages in a group, 2 to 10,000. Use at least as many `workers`. */
  readonly size: number;
  /**
   * The longest time that a message waits for its group to fill, in milliseconds, 0 to 5,400,000. It is never more than half of the
   * time until the deadline.
   * @default 10
   */
  readonly waitMs?: number;
}

/**
 * Gathers messages in flight and processes them together, for a bulk insert or `BatchWriteItem`. Each message still has its own
 * outcome. A group is complete when it has `size` messages, or when its first message has waited for `waitMs`.
 *
 * A message waits with its worker, so no more than `workers` messages can be gathered. Messages of one lane are never in
 * the same group. A message that is still waiting at the deadline is not processed.
 *
 * The work runs in the asynchronous context of one of the messages: spans that it starts are children of that message's span.
 *
 * 1,000 messages in groups of 25 make 40 calls of the work. In threads, each thread claims the messages of a whole group. If it
 * crashes or hangs, those that it has not started are unfinished too. A batch with fewer messages than a group for each thread
 * makes at most one call per thread.
 *
 * @example
 * const work = grouped({ size: 25 }, async (messages, { signal }) => {
 *   await insertAll(messages.map(({ text }) => text), { signal });
 * });
 * @example
 * const work = checked(order, grouped({ size: 25 }, (orders, messages, { signal }) => insertAll(orders, { signal })));
 *
 * @throws {InvalidOptionError} immediately, when an option is unknown or out of range, or the work is not a function
 */
export function grouped<Args extends WorkArguments = MessageArguments>(
  options: GroupedOptions,
  work: GroupWork<Args>,
): (...args: Args) => Promise<void> {
  checkWork('grouped', work);
  const { size, waitMs } = checkGroupedOptions(options);
  /** The group of each batch that still takes messages. */
  const open = new WeakMap<WorkContext, Group<Args>>();

  return async (...args) => {
    const context = contextIn(args);
    throwIfReached(context);
    const batch = batchContextOf(context);
    let group = open.get(batch);
    if (!group) {
      group = new Group(work, batch, () => open.delete(batch));
      open.set(batch, group);
      (batch as Gathering).gather?.(size);
    }
    const processed = group.add(args, context.signal);
    if (group.size === 1) group.completeWithin(waitMs);
    if (group.size === size) group.complete();
    await processed;
  };
}

/** The context in a thread, which claims as many messages together as the work gathers. */
interface Gathering extends WorkContext {
  readonly gather?: (size: number) => void;
}

function checkGroupedOptions(options: GroupedOptions): Required<GroupedOptions> {
  checkOptions('grouped', options, ['size', 'waitMs']);
  const { size, waitMs = 10 } = options;
  checkWholeNumber('size of grouped', size, 2, MAX_SIZE);
  checkMilliseconds('waitMs of grouped', waitMs);
  return { size, waitMs };
}
