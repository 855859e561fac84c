import { InvalidEventError } from '@parallel-lambda/batch';
import { describe } from '@parallel-lambda/batch/technique';

import { isPlainObject } from './is-plain-object.ts';
import { wholeNumber } from './whole-number.ts';

const mostMessages = 10_000;

/** A batch to make up. */
export interface Simulation {
  /** Number of messages, 1 to 10,000, the maximum of an SQS batch. */
  readonly messages: number;
  /** Body of every message: any JSON. */
  readonly body: unknown;
}

/** The sample's own batch. */
const sample: Simulation = { messages: 100, body: { wait: 200 } };

/**
 * Reads the wish for a simulated batch out of an event.
 *
 * @returns `undefined` when the event is another one: neither `{}` nor one with `simulate` as its only key
 * @throws {InvalidEventError} when `simulate` is not `{"messages"?: 1 to 10000, "body"?: any JSON}`
 */
export function readSimulation(event: unknown): Simulation | undefined {
  if (!isPlainObject(event)) return undefined;
  const keys = Object.keys(event);
  if (keys.length === 0) return sample;
  if (keys.length > 1 || keys[0] !== 'simulate') return undefined;
  return { ...sample, ...check(event.simulate) };
}

function check(wish: unknown): Partial<Simulation> {
  const isKnown = ([key, value]: [string, unknown]) =>
    key === 'body' || (key === 'messages' && isCount(value));
  if (isPlainObject(wish) && Object.entries(wish).every(isKnown)) return wish;
  throw new InvalidEventError(
    `"simulate" must be {"messages"?: a whole number from 1 to ${mostMessages}, "body"?: any JSON}, ` +
      `not ${describe(wish)}`,
  );
}

const isCount = wholeNumber(1, mostMessages);
