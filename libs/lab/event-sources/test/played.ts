import { expect } from 'vitest';

import type { Random } from '../src/drain/seeded-random.ts';
import type { Delivery, EventSource } from '../src/event-source.ts';
import { answer, type Rules } from './answer.ts';

interface InFlight {
  readonly delivery: Delivery;
  readonly untilMs: number;
}

/** Number of batches in flight. */
const environments = 4;

/** Maximum length of a run: every message is settled long before. */
const mostSteps = 20_000;

/**
 * Plays a function with many environments that succeed, fail, answer nonsense, throw, time out and are killed by
 * chance, and keeps a separate, simple record of the expected result of each message. Expects of the source that no
 * message is lost, none is redelivered after it succeeded, and lanes keep their order.
 *
 * @param ids of the messages, in the order in which they were sent
 */
export function played(source: EventSource, ids: readonly string[], rules: Rules, random: Random): void {
  const resolved = new Set<string>();
  const delivered = new Map<string, number>();
  let inFlight: readonly InFlight[] = [];
  let nowMs = 0;

  const unresolved = (lane: string) =>
    ids.filter((id, index) => rules.laneOf(index) === lane && !resolved.has(id));

  const take = (delivery: Delivery) => {
    for (const { messageId } of source.deadLetters) resolved.add(messageId);
    const held = new Set(
      inFlight.filter(({ untilMs }) => untilMs > nowMs).flatMap((other) => other.delivery.messageIds),
    );
    for (const id of delivery.messageIds) {
      expect(resolved).not.toContain(id);
      expect(held).not.toContain(id);
      delivered.set(id, (delivered.get(id) ?? 0) + 1);
    }
    if (rules.ordered) {
      for (const [lane, messages] of lanesOf(delivery)) {
        expect(messages).toEqual(unresolved(lane).slice(0, messages.length));
        expect(unresolved(lane).some((id) => held.has(id))).toBe(false);
      }
    }
    inFlight = [...inFlight, { delivery, untilMs: nowMs + rules.visibilityMs }];
  };

  const settle = ({ delivery, untilMs }: InFlight) => {
    const { result, succeeded } = answer(delivery.messageIds, rules, random);
    source.settle(delivery, result, nowMs);
    if (untilMs > nowMs) for (const id of succeeded) resolved.add(id);
  };

  const lanesOf = ({ messageIds }: Delivery) =>
    Map.groupBy(messageIds, (id) => rules.laneOf(ids.indexOf(id)));

  for (let steps = 0; !source.done; steps += 1) {
    expect(steps).toBeLessThan(mostSteps);
    nowMs += Math.floor(random() * 20);
    const delivery = inFlight.length < environments && random() < 0.7 ? source.next(nowMs) : undefined;
    if (delivery) {
      take(delivery);
    } else if (inFlight.length > 0) {
      const ending = inFlight[Math.floor(random() * inFlight.length)];
      inFlight = inFlight.filter((other) => other !== ending);
      if (ending) settle(ending);
    } else if (source.wakeAtMs !== undefined) {
      nowMs = Math.max(nowMs, source.wakeAtMs);
    }
  }
  for (const { messageId } of source.deadLetters) resolved.add(messageId);
  expect([...resolved].sort()).toEqual([...ids].sort());
  expect(new Set(source.deadLetters.map(({ messageId }) => messageId)).size).toBe(source.deadLetters.length);
  expect(source.deliveries).toEqual(delivered);
}
