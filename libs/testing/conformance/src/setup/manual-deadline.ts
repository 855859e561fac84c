import { DeadlineReached } from '@parallel-lambda/batch';
import { contextOf, type Deadline, type Invocation } from '@parallel-lambda/batch/technique';

/** Information about the invocation that the context of every test's work holds. */
export const invocationInfo = {
  timeoutAtMs: Date.UTC(2100, 0),
  awsRequestId: 'c6af9ac6-7b61-11e6',
  invokedFunctionArn: 'arn:aws:lambda:us-east-2:1:function:f',
  functionName: 'f',
  functionVersion: '$LATEST',
  traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
} as const;

/** Returns the invocation that a technique gets together with a batch. */
export function invocationOf(deadline: Deadline): Invocation {
  return { deadline, context: contextOf({ deadlineMs: deadline.atMs, ...invocationInfo }, deadline.signal) };
}

/** A deadline whose moments the test triggers. */
export interface ManualDeadline extends Deadline {
  /** Reaches the deadline: aborts the signal. */
  reach(): void;
  /** Ends the grace: running work is stopped or abandoned. */
  giveUp(): void;
  /** Reaches the moment at which the technique must respond. */
  runOut(): void;
}

/**
 * Creates a deadline that only the test triggers.
 *
 * @param atMs `deadlineMs` of the work's context, in milliseconds since the epoch; a thread may compare it with the
 * real clock
 * @default atMs in an hour
 */
export function manualDeadline(atMs: number | undefined = Date.now() + 3_600_000): ManualDeadline {
  const aborter = new AbortController();
  const reached = Promise.withResolvers<undefined>();
  const graceOver = Promise.withResolvers<undefined>();
  const mustRespond = Promise.withResolvers<undefined>();
  return {
    atMs,
    signal: aborter.signal,
    abortIfReached: () => aborter.signal.aborted,
    reached: reached.promise,
    graceOver: graceOver.promise,
    mustRespond: mustRespond.promise,
    reach: () => {
      aborter.abort(new DeadlineReached());
      reached.resolve(undefined);
    },
    giveUp: () => {
      graceOver.resolve(undefined);
    },
    runOut: () => {
      mustRespond.resolve(undefined);
    },
  };
}
