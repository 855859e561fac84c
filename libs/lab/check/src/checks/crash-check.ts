import type { ObservedCall } from '../observe/observation.ts';
import type { CheckResult } from './check-result.ts';
import { redeliver, unfinishedResult } from './redelivery.ts';
import {
  haveCommon,
  holdingTimeoutSeconds,
  isOf,
  keysOf,
  notTried,
  openSubject,
  trialSize,
  unattributable,
  type Subject,
} from './subject.ts';

const id = 'crash';
const how =
  'the lab killed the process and redelivered the batch to the next environment, which has the same /tmp';

/** Number of the first message of this check. */
const from = 8000;

/** Checks the redelivery after the process of the function is killed in the middle of a batch. */
export async function checkCrash(subject: Subject): Promise<CheckResult> {
  const why = unattributable(subject);
  if (why !== undefined) return { id, ...notTried, seen: why };
  const size = Math.min(trialSize, subject.maxBatch);
  const messages = subject.factory.batch(from, size);
  const sent = `${size} messages; the process was killed while it waited for responses`;
  const first = keysOf(messages.slice(0, size > 1 ? 1 : 0));
  await using observed = await openSubject(subject, { strict: true, timeoutSeconds: holdingTimeoutSeconds });
  let held: readonly ObservedCall[] = [];
  const { calls } = await observed.deliver(messages, {
    treat: (call) => ([...call.messages].every((key) => first.has(key)) ? 'succeed' : 'hold'),
    onQuiet: (waiting) => {
      if (observed.kill()) held = waiting;
    },
  });
  const inFlight = new Set(held.flatMap((call) => [...call.messages]));
  if (inFlight.size === 0) {
    const seen = 'the invocation ended before the function could be killed';
    return { id, result: 'unknown', sent, seen, how };
  }
  const hasSucceeded = calls.some((call) => call.treatment === 'succeed' && isOf(call, first));
  const finished = hasSucceeded ? first : new Set<string>();
  const after = await redeliver(subject, observed, { from, size, keys: keysOf(messages), finished });
  // At-least-once delivery is not a fault of the function, but its calls must be idempotent.
  const repeated = haveCommon(after.workedOn, finished)
    ? '; calls that had succeeded were repeated, so they must be idempotent'
    : '';
  const seen = `${inFlight.size} in flight; the next environment finished the batch${repeated}`;
  return { id, sent, how, ...(unfinishedResult(after, 'the crash') ?? { result: 'yes', seen }) };
}
