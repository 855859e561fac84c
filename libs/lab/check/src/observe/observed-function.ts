import {
  LocalFunction,
  type FunctionDefinition,
  type InvocationResult,
  type Runtime,
} from '@parallel-lambda/local-lambda';

import type { SourceFormat } from '../messages/event-source-format.ts';
import type { TestMessage } from '../messages/test-message.ts';
import { TokenIndex } from '../messages/tokens.ts';
import { partialFailure } from './partial-failure.ts';
import { untilQuiet } from './quiet.ts';
import { readResponse, type Response } from './read-response.ts';
import type { RecordedCall, ServiceAnswer } from './recorded-call.ts';
import { RecordingService } from './recording-service.ts';
import { failureAnswer, successAnswer } from './service-answer.ts';
import type { ThreadStatus } from './thread-connection.ts';

/** Answers of the services behind the function. */
export type Treatment = 'succeed' | 'fail' | 'fail in part' | 'reset' | 'hold' | 'never';

/** A call, with the messages that it was recognized as a call of. */
export interface ObservedCall {
  readonly call: RecordedCall;
  readonly messages: ReadonlySet<string>;
  /** Number of the delivery in which it was made, from 0. */
  readonly delivery: number;
  readonly treatment: Treatment;
  /** Numbers in the order of what happened in this environment. */
  readonly begunAt: number;
  /** `undefined` while it is not answered. */
  endedAt: number | undefined;
}

/** Options for delivering a batch. */
export interface DeliveryOptions {
  /** @default every call succeeds at once */
  readonly treat?: (call: ObservedCall) => Treatment;
  /** Messages whose entries fail in a call that is treated as `fail in part`. */
  readonly failing?: ReadonlySet<string>;
  /** Before the first held calls are answered, waits also for timers that fire later than in a second. @default false */
  readonly patient?: boolean;
  /** Called when the function is quiet, before the calls that are held are answered. */
  readonly onQuiet?: (held: readonly ObservedCall[]) => unknown;
  /** Number of held calls at which they are answered. @default when the function is quiet */
  readonly releaseAt?: number;
  /** After the first held calls are answered, holds no more. @default false */
  readonly holdOnce?: boolean;
}

/** Observations of one delivery, from outside. */
export interface Observation {
  readonly result: InvocationResult;
  readonly response: Response;
  readonly calls: readonly ObservedCall[];
  /** Maximum number of requests in flight, also of those that waited for a connection. */
  readonly maxInFlight: number;
  /** Milliseconds until the next timer fired when the function was quiet for the first time. */
  readonly pendingTimerMs: number | undefined;
  /** True if the function reached a point where it could not continue without an answer. */
  readonly wasQuiet: boolean;
}

/** Options for observing. */
export interface ObservedOptions {
  readonly definition: FunctionDefinition;
  readonly runtime: Runtime;
  readonly format: SourceFormat;
  /** Find what an invocation leaves running, and notice timers. @default true */
  readonly strict?: boolean;
  /** Seconds. @default the function's own */
  readonly timeoutSeconds?: number;
}

/** Credentials that let the AWS SDK sign: nothing that they sign leaves this machine. */
const credentials = { AWS_ACCESS_KEY_ID: 'lab', AWS_SECRET_ACCESS_KEY: 'lab' };

const soonMs = 1000;

/** A function in one environment, whose calls all reach the lab. */
export class ObservedFunction implements AsyncDisposable {
  readonly service: RecordingService;
  readonly calls: ObservedCall[] = [];
  readonly #local: LocalFunction;
  readonly #format: SourceFormat;
  readonly #tokens = new TokenIndex();
  #treat: (call: ObservedCall) => Treatment = () => 'succeed';
  #failing: ReadonlySet<string> = new Set();
  #holding = true;
  #seen: Pick<Observation, 'maxInFlight' | 'pendingTimerMs' | 'wasQuiet'> = {
    maxInFlight: 0,
    pendingTimerMs: undefined,
    wasQuiet: false,
  };
  #deliveries = 0;
  #clock = 0;

  private constructor(service: RecordingService, options: ObservedOptions) {
    const { definition, runtime, format, strict = true, timeoutSeconds } = options;
    this.service = service;
    this.#format = format;
    this.#local = new LocalFunction(definition, {
      runtime,
      strict,
      observer: service.address,
      variables: credentials,
      overrides: { timeoutSeconds },
    });
    service.onThread = (thread) => {
      if (strict) thread.watchTimers();
    };
    service.decide = (call) => this.#decide(call);
  }

  static async open(options: ObservedOptions): Promise<ObservedFunction> {
    return new ObservedFunction(await RecordingService.open(), options);
  }

  get pid(): number | undefined {
    return this.#local.environments[0]?.pid;
  }

  /** Delivers a batch and waits for the response. */
  async deliver(messages: readonly TestMessage[], options: DeliveryOptions = {}): Promise<Observation> {
    const { treat = () => 'succeed' } = options;
    this.#tokens.add(messages);
    this.#treat = treat;
    this.#failing = options.failing ?? new Set();
    this.#holding = true;
    const first = this.calls.length;
    const invocation = this.#local.invoke(
      this.#format.eventOf(messages.map(({ record }) => record as never)),
    );
    const ended = new AbortController();
    const responded = invocation.finally(() => {
      ended.abort();
    });
    this.#seen = { maxInFlight: 0, pendingTimerMs: undefined, wasQuiet: false };
    const holding = this.#answerHeld(options, ended.signal);
    const result = await responded;
    await holding;
    const calls = this.calls.slice(first).filter(({ delivery }) => delivery === this.#deliveries);
    this.#deliveries += 1;
    return { result, response: readResponse(result, this.#format), calls, ...this.#seen };
  }

  /**
   * Asks how the main thread is, after a garbage collection. A frozen environment answers in its next invocation.
   *
   * @returns `undefined` if it has ended
   */
  async look(): Promise<ThreadStatus | undefined> {
    const [main] = this.service.threads;
    // The first collection leaves what has just been finalized.
    await main?.ask(true);
    return await main?.ask(true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#local[Symbol.asyncDispose]();
    await this.service[Symbol.asyncDispose]();
  }

  #decide(call: RecordedCall): ReturnType<RecordingService['decide']> {
    this.#saw(this.service.openCalls.length);
    const delivery = this.#deliveries;
    const messages = this.#tokens.messagesIn(call.text);
    const begunAt = (this.#clock += 1);
    const observed = { call, messages, delivery, begunAt, endedAt: undefined };
    const asked = this.#treat({ ...observed, treatment: 'hold' });
    const treatment = asked === 'hold' && !this.#holding ? 'succeed' : asked;
    this.calls.push({ ...observed, treatment });
    if (treatment === 'hold' || treatment === 'never') return { kind: 'hold' };
    this.#end(this.calls.at(-1));
    if (treatment === 'reset') return { kind: 'reset' };
    return { kind: 'answer', answer: this.#answerTo(call, treatment) };
  }

  #answerTo(call: RecordedCall, treatment: Treatment): ServiceAnswer {
    if (treatment === 'fail') return failureAnswer(call);
    const failing = this.#failing;
    const isFailed = (text: string): boolean =>
      [...this.#tokens.messagesIn(text)].some((key) => failing.has(key));
    return (treatment === 'fail in part' ? partialFailure(call, isFailed) : undefined) ?? successAnswer(call);
  }

  /** Answers held calls whenever the function can do nothing more without an answer. */
  async #answerHeld(options: DeliveryOptions, signal: AbortSignal): Promise<void> {
    const { onQuiet, releaseAt = Infinity, holdOnce = false, patient = false } = options;
    const hasEnded = (): boolean => signal.aborted;
    for (let waves = 0; !hasEnded();) {
      if (this.#held().length < releaseAt) await this.#untilQuiet(releaseAt, patient && waves === 0, signal);
      if (hasEnded()) return;
      const held = this.#held();
      if (held.length === 0) {
        await this.service.changed(signal);
        continue;
      }
      await onQuiet?.(held);
      waves += 1;
      if (holdOnce) this.#holding = false;
      for (const observed of held) {
        this.#end(observed);
        this.service.answer(observed.call, successAnswer(observed.call));
      }
    }
  }

  async #untilQuiet(releaseAt: number, patient: boolean, ended: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([ended, this.#whenHeld(releaseAt, ended)]);
    const quiet = await untilQuiet(this.service, () => this.pid, soonMs, signal);
    if (!quiet) return;
    this.#saw(quiet.requests);
    const pendingTimerMs = this.#seen.pendingTimerMs ?? quiet.nextTimerMs;
    this.#seen = { ...this.#seen, pendingTimerMs, wasQuiet: true };
    if (!patient || quiet.nextTimerMs === undefined) return;
    const later = await untilQuiet(this.service, () => this.pid, Infinity, signal);
    if (later) this.#saw(later.requests);
  }

  #saw(inFlight: number): void {
    this.#seen = { ...this.#seen, maxInFlight: Math.max(this.#seen.maxInFlight, inFlight) };
  }

  #held(): readonly ObservedCall[] {
    return this.calls.filter(
      ({ call, treatment, endedAt }) =>
        treatment === 'hold' && endedAt === undefined && this.service.stateOf(call) === 'open',
    );
  }

  #whenHeld(count: number, signal: AbortSignal): AbortSignal {
    const reached = new AbortController();
    const look = async (): Promise<void> => {
      while (!signal.aborted && this.#held().length < count) await this.service.changed(signal);
      reached.abort();
    };
    if (count !== Infinity) look().catch(() => undefined);
    return reached.signal;
  }

  #end(observed: ObservedCall | undefined): void {
    if (observed) observed.endedAt = this.#clock += 1;
  }
}
