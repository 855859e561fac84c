import { once } from 'node:events';

import { LocalFunction, type FunctionDefinition, type Runtime } from '@parallel-lambda/local-lambda';

import type { SourceFormat } from '../messages/event-source-format.ts';
import type { TestMessage } from '../messages/test-message.ts';
import { TokenIndex } from '../messages/tokens.ts';
import type { DeliveryOptions, Observation, ObservedCall, Treatment } from './observation.ts';
import { partialFailure } from './partial-failure.ts';
import { untilQuiet } from './quiet.ts';
import { readResponse } from './read-response.ts';
import type { RecordedCall, ServiceAnswer } from './recorded-call.ts';
import { RecordingService } from './recording-service.ts';
import { failureAnswer, successAnswer } from './service-answer.ts';
import { signalGroup } from './signal-group.ts';
import type { ThreadStatus } from './thread-connection.ts';

/** Options for observing. */
export interface ObservedOptions {
  readonly definition: FunctionDefinition;
  readonly runtime: Runtime;
  readonly format: SourceFormat;
  /** Find what an invocation leaves running, and notice timers, which makes the function slower. @default false */
  readonly strict?: boolean;
  /** Seconds. @default the function's own */
  readonly timeoutSeconds?: number | undefined;
}

/** Credentials that let the AWS SDK sign: nothing that they sign leaves this machine. */
const credentials = { AWS_ACCESS_KEY_ID: 'lab', AWS_SECRET_ACCESS_KEY: 'lab' };

const soonMs = 1000;

/** A timer that fires this short before the timeout is taken for that of the function's deadline, in milliseconds. */
const deadlineMs = 2000;

/** A function in one environment, whose calls all reach the lab. */
export class ObservedFunction implements AsyncDisposable {
  readonly service: RecordingService;
  readonly calls: ObservedCall[] = [];
  readonly #local: LocalFunction;
  readonly #format: SourceFormat;
  readonly #timeoutMs: number;
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
  /** The earliest time at which the delivery can time out. */
  #endsAt = 0;
  #clock = 0;

  private constructor(service: RecordingService, options: ObservedOptions) {
    const { definition, runtime, format, strict = false, timeoutSeconds } = options;
    this.service = service;
    this.#format = format;
    this.#timeoutMs = (timeoutSeconds ?? definition.timeoutSeconds) * 1000;
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
    const { treat } = options;
    this.#endsAt = performance.now() + this.#timeoutMs;
    this.#tokens.add(messages);
    this.#treat = treat ?? (() => 'succeed');
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
    // Looking costs the function CPU time, and only calls that are held need it.
    const holding = treat && this.#answerHeld(options, ended.signal);
    const result = await responded;
    await holding;
    const calls = this.calls.slice(first).filter(({ delivery }) => delivery === this.#deliveries);
    this.#deliveries += 1;
    return { result, response: readResponse(result, this.#format), calls, ...this.#seen };
  }

  /**
   * Kills the process, as if it had crashed. The next delivery starts another one.
   *
   * @returns false if there was none
   */
  kill(): boolean {
    return this.pid !== undefined && signalGroup(this.pid, 'SIGKILL');
  }

  /** Returns whether the function still waits for the answer to a call. */
  isOpen({ call }: ObservedCall): boolean {
    return this.service.stateOf(call) === 'open';
  }

  /**
   * Asks how the main thread is, after a garbage collection. A frozen environment answers in its next invocation.
   *
   * @returns `undefined` if it has ended
   */
  async look(): Promise<ThreadStatus | undefined> {
    const [main] = this.service.threads;
    // The first collection leaves objects that have just been finalized.
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
      // A function that is frozen in the meantime answers no question.
      await Promise.race([onQuiet?.(held), once(signal, 'abort')]);
      if (hasEnded()) return;
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
    const quiet = await untilQuiet(
      this.service,
      () => this.pid,
      () => soonMs,
      signal,
    );
    if (!quiet) return;
    this.#saw(quiet.requests);
    const pendingTimerMs = this.#seen.pendingTimerMs ?? quiet.nextTimerMs;
    this.#seen = { ...this.#seen, pendingTimerMs, wasQuiet: true };
    if (!patient || quiet.nextTimerMs === undefined) return;
    const beforeDeadline = (): number => this.#endsAt - deadlineMs - performance.now();
    const later = await untilQuiet(this.service, () => this.pid, beforeDeadline, signal);
    if (later) this.#saw(later.requests);
  }

  #saw(inFlight: number): void {
    this.#seen = { ...this.#seen, maxInFlight: Math.max(this.#seen.maxInFlight, inFlight) };
  }

  #held(): readonly ObservedCall[] {
    return this.calls.filter(
      (one) => one.treatment === 'hold' && one.endedAt === undefined && this.isOpen(one),
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
