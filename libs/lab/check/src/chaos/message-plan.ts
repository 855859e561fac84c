import type { Random } from '@parallel-lambda/event-sources';

/** Fault that a message of a chaos run causes in its function. */
export type MessageKind =
  'good' | 'flaky' | 'delayed' | 'parked' | 'failing' | 'hanging' | 'spinning' | 'exiting' | 'hungry';

/** A message that is to be sent. */
export interface PlannedMessage {
  readonly id: string;
  readonly kind: MessageKind;
  /** Its last step, or its only one, notifies the recorder that the message is processed. */
  readonly body: string;
}

/** Format in which messages request a fault. */
export interface Protocol {
  /** Number of messages of a kind per thousand; the others are good. */
  readonly perThousand: readonly (readonly [MessageKind, number])[];
  /** @param url address of the recorder, which the last step of the message requests */
  readonly bodyOf: (kind: MessageKind, random: Random, url: string) => object;
}

/** Messages for the functions of this workspace: steps, of which the last one is a request to the recorder. */
export const steps: Protocol = {
  // One that spins or exits costs its whole batch.
  perThousand: [
    ['flaky', 10],
    ['delayed', 10],
    ['spinning', 0.2],
    ['failing', 5],
    ['parked', 5],
    ['exiting', 0.5],
    ['hanging', 0.5],
    ['hungry', 0.1],
  ],
  bodyOf: (kind, random, url) => [stepsOf[kind](random), { fetch: url }],
};

const stepsOf: Readonly<Record<MessageKind, (random: Random) => object>> = {
  good: (random) => ({ wait: Math.floor(random() * 20) }),
  flaky: (random) => ({ fail: 1 + Math.floor(random() * 2) }),
  delayed: (random) => ({ retryLater: Math.floor(random() * 4) }),
  parked: () => ({ giveUp: 'a chaos run' }),
  failing: () => ({ fail: true }),
  hanging: () => ({ hang: true }),
  spinning: () => ({ spin: true }),
  exiting: (random) => ({ exit: Math.floor(random() * 2) }),
  // 1 GiB: more than the functions have in a chaos run.
  hungry: () => ({ scrypt: 20 }),
};

const earlyEvery = 24;

/**
 * Plans messages without end, by chance that a seed decides. One of each kind is among the first two hundred, so that
 * a short run has them all.
 *
 * @param prefix of their identifiers
 * @param urlOf returns the address that the last step of a message requests
 */
export function* planMessages(
  prefix: string,
  random: Random,
  urlOf: (id: string) => string,
  { perThousand, bodyOf }: Protocol,
): Generator<PlannedMessage, never> {
  const early = new Map(perThousand.map(([kind], place) => [earlyEvery * (place + 0.5), kind]));
  for (let index = 0; ; index += 1) {
    const id = `${prefix}-${index}`;
    const kind = early.get(index) ?? kindBy(1000 * random(), perThousand);
    yield { id, kind, body: JSON.stringify(bodyOf(kind, random, urlOf(id))) };
  }
}

/** @param chance 0 to 1,000 */
function kindBy(chance: number, perThousand: Protocol['perThousand']): MessageKind {
  let rest = chance;
  for (const [kind, share] of perThousand) {
    if (rest < share) return kind;
    rest -= share;
  }
  return 'good';
}
