import { counted } from '@parallel-lambda/report';

import type { TestMessage } from '../messages/test-message.ts';
import type { ObservedCall } from '../observe/observation.ts';
import type { CheckResult } from './check-result.ts';
import {
  keysOf,
  holdingTimeoutSeconds,
  isOf,
  notTried,
  openSubject,
  redelivered,
  responseText,
  unattributable,
  type Subject,
} from './subject.ts';

const lanes = 3;
const perLane = 3;

/** Checks the order within FIFO groups, partition keys or partitions; nothing for a source without order. */
export async function checkOrder(subject: Subject): Promise<readonly CheckResult[]> {
  const { factory, maxBatch } = subject;
  if (!factory.format.ordered) return [];
  const why = unattributable(subject) ?? (maxBatch < 2 ? 'a batch has one message' : undefined);
  if (why !== undefined) {
    const unknown = { ...notTried, seen: why };
    return [
      { id: 'order', ...unknown },
      { id: 'order-failure', ...unknown },
    ];
  }
  return [await checkSequence(subject), await checkAfterFailure(subject)];
}

function inLanes({ factory, maxBatch }: Subject, from: number): readonly TestMessage[] {
  const size = Math.min(lanes * perLane, maxBatch);
  return factory.batch(from, size, (place) => ({ lane: `lane-${place % lanes}` }));
}

async function checkSequence(subject: Subject): Promise<CheckResult> {
  const messages = inLanes(subject, 7000);
  await using observed = await openSubject(subject, { strict: true, timeoutSeconds: holdingTimeoutSeconds });
  const observation = await observed.deliver(messages, { treat: () => 'hold' });
  const { calls, result, pendingTimerMs } = observation;
  const sent = `${messages.length} messages in ${lanes} groups; each call was held until the function started no more calls`;
  const timer =
    pendingTimerMs === undefined ? '' : `, except by timers of ${Math.round(pendingTimerMs)} ms and more`;
  const texts = {
    id: 'order',
    sent,
    how: `a message must not start before the previous message has ended${timer}`,
  } as const;
  const overtaking = pairs(messages).find(([ahead, behind]) => overlaps(calls, ahead, behind));
  if (overtaking) {
    const places = overtaking.map((message) => messages.indexOf(message) + 1);
    const seen = `message ${String(places[1])} started while message ${String(places[0])} of its group was in flight`;
    return { ...texts, result: 'no', seen };
  }
  if (calls.some(isShared)) return { ...texts, result: 'unknown', seen: sharedCalls };
  if (messages.some((message) => callsOf(calls, message).length === 0)) {
    const seen = 'the calls do not identify the messages of a group, or some have no call';
    return { ...texts, result: 'unknown', seen };
  }
  if (result.status !== 'success') {
    return { ...texts, result: 'unknown', seen: `in order until ${responseText(observation, messages)}` };
  }
  return {
    ...texts,
    result: 'yes',
    seen: `in order; at most ${counted(observation.maxInFlight, 'call')} in flight`,
  };
}

/** Returns the messages of each group with the one behind them. */
function pairs(messages: readonly TestMessage[]): readonly (readonly [TestMessage, TestMessage])[] {
  return [...Map.groupBy(messages, ({ lane }) => lane).values()].flatMap((group) =>
    group.slice(1).flatMap((behind, place) => {
      const ahead = group[place];
      return ahead ? [[ahead, behind] as const] : [];
    }),
  );
}

function overlaps(calls: readonly ObservedCall[], ahead: TestMessage, behind: TestMessage): boolean {
  const ends = callsOf(calls, ahead).map(({ endedAt }) => endedAt ?? Infinity);
  const begins = callsOf(calls, behind).map(({ begunAt }) => begunAt);
  return ends.length > 0 && begins.length > 0 && Math.min(...begins) < Math.max(...ends);
}

const sharedCalls = 'one call has several messages: the lab does not check the order within a call';

function isShared({ messages }: ObservedCall): boolean {
  return messages.size > 1;
}

/** A call for several messages counts for none of them, because it has no order among them. */
function callsOf(calls: readonly ObservedCall[], { key }: TestMessage): readonly ObservedCall[] {
  return calls.filter(({ messages }) => messages.size === 1 && messages.has(key));
}

async function checkAfterFailure(subject: Subject): Promise<CheckResult> {
  const { factory } = subject;
  const messages = inLanes(subject, 7100);
  const first = keysOf(messages.slice(0, 1));
  await using observed = await openSubject(subject);
  const observation = await observed.deliver(messages, {
    treat: (call) => (isOf(call, first) ? 'fail' : 'succeed'),
  });
  const group = messages.filter(({ lane }) => lane === messages[0]?.lane);
  const behind = keysOf(group.slice(1));
  const texts = {
    id: 'order-failure',
    sent: `${messages.length} messages in ${lanes} groups; the first message of the first group fails`,
    how: 'the messages after a failed message must wait for its redelivery',
  } as const;
  const seen = responseText(observation, messages);
  if (!observation.calls.some(({ treatment }) => treatment === 'fail')) {
    return { ...texts, result: 'unknown', seen: 'no call of the message was made' };
  }
  if (observation.calls.some((call) => call.messages.size === 1 && isOf(call, behind))) {
    return { ...texts, result: 'no', seen: `a later message of the group was processed; ${seen}` };
  }
  if (observation.calls.some(isShared)) return { ...texts, result: 'unknown', seen: sharedCalls };
  const again = redelivered(observation, messages, factory.format.checkpoint);
  const lost = group.filter(({ key }) => !again.has(key));
  if (lost.length > 0)
    return {
      ...texts,
      result: 'no',
      seen: `not redelivered: ${counted(lost.length, 'message')} of the group; ${seen}`,
    };
  return { ...texts, result: 'yes', seen: `the rest of the group was not started; ${seen}` };
}
