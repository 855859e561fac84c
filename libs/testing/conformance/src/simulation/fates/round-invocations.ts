import type { Random } from '@parallel-lambda/event-sources';

import type { SimulatedFunction } from '../simulated-function.ts';
import type { OpenSource } from '../simulated-sources.ts';
import { ParkingLog } from './parking-log.ts';
import { SimulatedCalls } from './simulated-calls.ts';

/** Time at which the environment of a lost invocation ends. */
export interface Loss {
  /** The number of messages that succeed before. */
  readonly maxSuccesses: number;
  /** The number of calls that its redelivery makes before. */
  readonly maxCalls: number;
}

export const noLoss: Loss = { maxSuccesses: Infinity, maxCalls: Infinity };

/** The invocations of a round, with their calls of SQS. */
export class RoundInvocations {
  readonly parking = new ParkingLog();
  readonly #lambda: SimulatedFunction;
  readonly #open: OpenSource;
  readonly #options: { readonly losses: WeakMap<object, Loss>; readonly random: Random };
  readonly #calls = new WeakMap<object, SimulatedCalls>();

  constructor(
    lambda: SimulatedFunction,
    open: OpenSource,
    options: { readonly losses: WeakMap<object, Loss>; readonly random: Random },
  ) {
    this.#lambda = lambda;
    this.#open = open;
    this.#options = options;
  }

  readonly callsOf = (event: object): SimulatedCalls | undefined => this.#calls.get(event);

  readonly invoke = async (event: object): Promise<unknown> => {
    const { losses, random } = this.#options;
    const { maxSuccesses, maxCalls } = losses.get(event) ?? noLoss;
    const calls = new SimulatedCalls(random, maxCalls);
    this.#calls.set(event, calls);
    let isAnswered = false;
    try {
      const response = await this.#lambda.invoke(event, { maxSuccesses, calls, options: this.#open.options });
      isAnswered = !losses.has(event);
      return response;
    } finally {
      this.parking.add(calls, isAnswered);
    }
  };
}
