import type { InvocableFunction, Invocation } from '@parallel-lambda/local-lambda';
import type { Series } from '@parallel-lambda/report';

import type { Trial } from '../src/trial.ts';

/** A response of a function that took so long. */
export function answer(durationMs: number, failures: readonly unknown[] = []): Invocation {
  const billedDurationMs = Math.ceil(durationMs);
  return {
    status: 'success',
    payload: { batchItemFailures: failures },
    requestId: 'request',
    log: '',
    report: { requestId: 'request', durationMs, billedDurationMs, memorySizeMb: 3008, maxMemoryUsedMb: 70 },
  };
}

/** An invocation that ended without a response. */
export function timeout(durationMs: number): Invocation {
  const { report } = answer(durationMs);
  const error = { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 3.00 seconds' };
  return { status: 'timeout', functionError: 'Unhandled', error, requestId: 'request', log: '', report };
}

export function seriesOf(variant: string, parts: Partial<Series> = {}): Series {
  const setting = { function: variant, memoryMb: 3008 };
  return { id: variant, workload: 'any', variant, setting, messages: 10, cold: false, ...parts };
}

export function trialOf(variant: string, parts: Partial<Trial> = {}): Trial {
  return { series: seriesOf(variant), event: variant, ...parts };
}

/** A machine of functions that answer immediately, and a clock that their durations alone move. */
export class FakeMachine {
  /** Invocations in order: the function and its event. */
  readonly invoked: string[] = [];
  opened = 0;
  closed = 0;
  nowMs = 0;
  readonly #answers: Readonly<Record<string, (count: number) => Invocation>>;

  /** @param answers by function, each given how often it was invoked before */
  constructor(answers: Readonly<Record<string, (count: number) => Invocation>>) {
    this.#answers = answers;
  }

  readonly clock = (): number => this.nowMs;

  readonly open = ({ function: name }: { readonly function: string }): Promise<InvocableFunction> => {
    this.opened += 1;
    return Promise.resolve({
      invoke: (event: unknown) => {
        const count = this.invoked.filter((entry) => entry.startsWith(`${name} `)).length;
        this.invoked.push(`${name} ${String(event)}`);
        const invocation = this.#answers[name]?.(count) ?? answer(1);
        this.nowMs += invocation.report?.durationMs ?? 0;
        return Promise.resolve(invocation);
      },
      [Symbol.asyncDispose]: () => {
        this.closed += 1;
        return Promise.resolve();
      },
    });
  };
}
