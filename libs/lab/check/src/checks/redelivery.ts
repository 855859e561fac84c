import type { TestMessage } from '../messages/test-message.ts';
import type { ObservedFunction } from '../observe/observed-function.ts';
import type { CheckResult } from './check-result.ts';
import { isOf, redelivered, responseText, type Subject } from './subject.ts';

/** Outcome of messages that were redelivered. */
export interface Redelivery {
  /** Places of messages, from 1, that were neither processed nor reported: they are deleted. */
  readonly lost: readonly number[];
  /** Messages that would be redelivered again. */
  readonly unfinished: number;
  /** Messages that had a call in the redelivery. */
  readonly workedOn: ReadonlySet<string>;
  /** True if all invocations failed with an error. */
  readonly failed: boolean;
  /** The last response in a few words. */
  readonly seen: string;
}

/** One failure may have a cause that passes, such as a busy machine. */
const maxRedeliveries = 2;

/** The first messages of a batch of the factory, of which some are redelivered. */
export interface RedeliveredBatch {
  readonly from: number;
  readonly size: number;
  readonly keys: ReadonlySet<string>;
  /** Messages whose calls had succeeded before: they need no other call. @default none */
  readonly finished?: ReadonlySet<string>;
}

/** Redelivers messages as their source does, and has all their calls succeed. */
export async function redeliver(
  { factory }: Subject,
  observed: ObservedFunction,
  { from, size, keys, finished = new Set() }: RedeliveredBatch,
): Promise<Redelivery> {
  const workedOn = new Set<string>();
  const isLost = (key: string): boolean => !workedOn.has(key) && !finished.has(key);
  let left = keys;
  let failed = true;
  let seen = '';
  for (let receiveCount = 2; receiveCount < 2 + maxRedeliveries; receiveCount += 1) {
    const batch = factory.batch(from, size, () => ({ receiveCount }));
    const messages = batch.filter(({ key }) => left.has(key));
    const observation = await observed.deliver(messages);
    for (const { key } of messages) {
      if (observation.calls.some((call) => isOf(call, new Set([key])))) workedOn.add(key);
    }
    const again = redelivered(observation, messages, factory.format.checkpoint);
    failed &&= observation.response.kind === 'error';
    seen = responseText(observation, messages);
    const lost = messages.filter(({ key }) => !again.has(key) && isLost(key));
    if (lost.length > 0)
      return { lost: placesOf(lost, batch), unfinished: again.size, workedOn, failed, seen };
    left = again;
    if (again.size === 0) break;
  }
  return { lost: [], unfinished: left.size, workedOn, failed, seen };
}

/** Says that a redelivered batch was not finished; `undefined` if it was. */
export function unfinishedResult(
  { lost, unfinished, failed, seen }: Redelivery,
  /** The event after which it was redelivered, such as `the crash`. */
  event: string,
): Pick<CheckResult, 'result' | 'seen'> | undefined {
  if (lost.length > 0) {
    const places = lost.length > 5 ? `${lost.length} messages were` : `message ${lost.join(', ')} was`;
    return { result: 'no', seen: `after ${event}, ${places} neither processed nor reported` };
  }
  if (unfinished === 0) return undefined;
  if (failed) return { result: 'no', seen: `two invocations after ${event} failed: ${seen}` };
  const why = `two invocations after ${event} did not finish ${unfinished} messages, but a later one may: ${seen}`;
  return { result: 'unknown', seen: why };
}

function placesOf(messages: readonly TestMessage[], batch: readonly TestMessage[]): readonly number[] {
  return messages.map((message) => batch.indexOf(message) + 1);
}
