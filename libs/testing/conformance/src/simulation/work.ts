import { AsyncLocalStorage } from 'node:async_hooks';
import { isMainThread } from 'node:worker_threads';

import {
  checked,
  GiveUp,
  RetryLater,
  type Message,
  type StandardSchema,
  type Work,
  type WorkContext,
} from '@parallel-lambda/batch';

import { AttemptLog } from './attempt-log.ts';
import { waitAtGate } from './gates.ts';
import { InjectedRejection } from './injected-rejection.ts';
import { readScenario, type Attempt } from './scenario.ts';

let known: AttemptLog | undefined;

/** Work enters its message's number in it; no other message may find it there. */
const store = new AsyncLocalStorage<number>();

/**
 * The simulation's work: performs the next attempt of the message's scenario and records it in the attempt log. It is a
 * module, the same for all techniques, because a closure cannot be passed to a thread.
 */
export default function work(message: Message, context: WorkContext): ReturnType<Work> {
  const attemptLog = findLog();
  const { number, attempts } = readScenario(message.text);
  const invocation = invocationOf(context);
  const earlier = attemptLog.start(number, invocation);
  const attempt = attempts[earlier] ?? attempts.at(-1) ?? { do: 'succeed' };
  if (store.getStore() !== undefined) attemptLog.report('leaks');
  store.enterWith(number);
  const run = { number, invocation, attemptLog, attempt, message, context };
  if (attempt.do === 'succeed behind a slow schema') return succeedBehindSchema(run);
  if (attempt.afterMs === undefined) return perform(run);
  return wait(number, attempt.afterMs).then(() => perform(run));
}

/**
 * Reports a violation if the invocation of a message has ended. Call it from what a message starts and does not await, such
 * as a forked fiber.
 */
export function expectInvocation(context: WorkContext): void {
  const attemptLog = findLog();
  if (!attemptLog.isActive(invocationOf(context))) attemptLog.report('lateRuns');
}

interface Run {
  readonly number: number;
  readonly invocation: number;
  readonly attemptLog: AttemptLog;
  readonly attempt: Attempt;
  readonly message: Message;
  readonly context: WorkContext;
}

function perform({ number, invocation, attemptLog, attempt, message, context }: Run): ReturnType<Work> {
  switch (attempt.do) {
    case 'succeed':
    case 'succeed behind a slow schema':
      attemptLog.succeed(number, invocation);
      return undefined;
    case 'fail':
      throw new Error('failed on purpose');
    case 'give up':
      throw new GiveUp('given up on purpose');
    case 'give up because of another error':
      throw new Error('failed on purpose', { cause: new GiveUp('given up on purpose') });
    case 'retry later':
      throw new RetryLater({ seconds: attempt.seconds ?? 0 });
    case 'throw undefined':
      throw undefined as unknown as Error;
    case 'throw an error with a large response':
      throw errorWithLargeResponse();
    case 'return an Effect':
      return { '~effect/Effect': {}, [Symbol.for('effect/Effect')]: {} } as unknown as undefined;
    case 'return a generator':
      return generator() as unknown as undefined;
    case 'return a function':
      return (() => undefined) as unknown as undefined;
    case 'reject on abort':
      return untilAborted(context.signal);
    case 'hang':
      return new Promise<undefined>(() => undefined);
    case 'hang in a schema':
      return checked(
        schemaOf(() => new Promise(() => undefined)),
        () => undefined,
      )(message, context);
    case 'leave a rejection unhandled':
      // Not a success: the unhandled rejection must cause a redelivery.
      attemptLog.succeed(number, invocation, false);
      void Promise.reject(new InjectedRejection(invocation));
      return undefined;
    case 'leave a late rejection unhandled':
      leaveLateRejection(attemptLog, number, invocation);
      return undefined;
  }
}

/** Succeeds behind a schema that waits. After the deadline the work behind it must not be started. */
function succeedBehindSchema({
  number,
  invocation,
  attemptLog,
  attempt,
  message,
  context,
}: Run): ReturnType<Work> {
  const schema = schemaOf(async () => {
    await wait(number, attempt.afterMs ?? 0);
    return { value: undefined };
  });
  const behind = checked(schema, () => {
    if (context.signal.aborted) attemptLog.report('lateStarts');
    attemptLog.succeed(number, invocation);
  });
  return behind(message, context);
}

/** A rejection two turns after the work has settled takes the success back if it is reported before the response. */
function leaveLateRejection(attemptLog: AttemptLog, number: number, invocation: number): void {
  const counts = attemptLog.succeed(number, invocation);
  setImmediate(() => {
    setImmediate(() => {
      if (!attemptLog.isActive(invocation)) return;
      const rejection = new InjectedRejection(invocation);
      whenReported(rejection, () => {
        if (counts && attemptLog.isActive(invocation)) attemptLog.revoke(number);
      });
      void Promise.reject(rejection);
    });
  });
}

/**
 * Calls a function when Node.js has reported a rejection. In the main thread, which builds the response, the report always comes
 * first. A thread can be terminated after the promise has rejected and before Node.js reports it.
 */
function whenReported(rejection: Error, call: () => void): void {
  if (isMainThread) {
    call();
    return;
  }
  const listen = (error: Error): void => {
    if (error !== rejection) return;
    process.off('uncaughtExceptionMonitor', listen);
    call();
  };
  process.on('uncaughtExceptionMonitor', listen);
}

function schemaOf(validate: StandardSchema<undefined>['~standard']['validate']): StandardSchema<undefined> {
  return { '~standard': { version: 1, vendor: 'simulation', validate } };
}

function* generator(): Generator<number> {
  yield 1;
}

/** Creates an error as HTTP clients throw it: with the request and the response, which refer to each other. */
function errorWithLargeResponse(): Error {
  const request: Record<string, unknown> = {
    headers: { authorization: 'secret' },
    socket: Buffer.alloc(1_000),
  };
  const response = { status: 503, data: 'x'.repeat(10_000), request };
  request.res = response;
  return Object.assign(new Error('Request failed with status code 503'), {
    config: { request },
    request,
    response,
  });
}

function findLog(): AttemptLog {
  return (known = AttemptLog.find(known));
}

/** The simulated function numbers its invocations, and passes the number as the request's identifier. */
function invocationOf({ awsRequestId }: WorkContext): number {
  return Number(awsRequestId);
}

/** The main thread has the virtual clock; threads keep the timers of Node.js. */
function wait(number: number, ms: number): Promise<unknown> {
  return isMainThread ? new Promise((resolve) => setTimeout(resolve, ms)) : waitAtGate(number, ms);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
}
