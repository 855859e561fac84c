import { readItemBody } from '../work/task.ts';

/** Behaviour of the work at one attempt. Durations are in virtual milliseconds. */
export interface Attempt {
  readonly do:
    | 'succeed'
    | 'fail'
    | 'give up'
    | 'give up because of another error'
    | 'retry later'
    | 'throw undefined'
    | 'throw an error with a large response'
    | 'return an Effect'
    | 'return a generator'
    | 'return a function'
    | 'reject on abort'
    | 'hang'
    | 'hang in a schema'
    | 'succeed behind a slow schema'
    | 'leave a rejection unhandled'
    | 'leave a late rejection unhandled';
  /** Time that it waits first, ignoring the signal, so that an attempt can exceed deadline and grace. @default 0 */
  readonly afterMs?: number;
  /** Time before which the message is not retried, for `retry later`. */
  readonly seconds?: number;
}

/** Everything that happens to a message. It is the message's text. */
export interface Scenario {
  /** Identifies the message in its round, from 0. */
  readonly number: number;
  /** One per delivery; the last applies to all further deliveries. */
  readonly attempts: readonly Attempt[];
}

/** Writes a scenario as a message's text. */
export function writeScenario(scenario: Scenario): string {
  return JSON.stringify(scenario);
}

/** Reads a scenario from a message's text. */
export function readScenario(text: string): Scenario {
  return JSON.parse(readItemBody(text)) as Scenario;
}
