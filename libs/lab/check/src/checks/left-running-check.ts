import { leakText, type Leak } from '@parallel-lambda/local-lambda';

import type { TestMessage } from '../messages/test-message.ts';
import type { ObservedCall } from '../observe/observation.ts';
import type { ObservedFunction } from '../observe/observed-function.ts';
import { callName } from '../observe/recording-service.ts';
import type { CheckResult } from './check-result.ts';
import {
  haveCommon,
  holdingTimeoutSeconds,
  isOf,
  keysOf,
  openSubject,
  trialSize,
  type Subject,
} from './subject.ts';

const how =
  'the lab inspected the process after each response, and looked for late calls in the next invocation';

/** A timer may be there to tidy up; all others are work of the invocation. */
const isTimer = ({ what }: Leak): boolean => /^a timer|^an interval|^an immediate/.test(what);

/** Kinds of resources that count as work, although their purpose is unknown. */
const isWork = ({ what }: Leak): boolean =>
  /^a request|thread that computes|child process|work on a file|node:crypto/.test(what);

/** Checks whether the function has finished all its work when it responds. */
export async function checkLeftRunning(subject: Subject): Promise<CheckResult> {
  const { factory, maxBatch, info } = subject;
  const size = Math.min(trialSize, maxBatch);
  const [good, failing, next] = [0, 1, 2].map((place) => factory.batch(3000 + place * size, size));
  const sent = `3 batches of ${size} messages; in the second, message 1 fails immediately`;
  await using observed = await openSubject(subject, {
    strict: true,
    timeoutSeconds: holdingTimeoutSeconds,
  });
  const trials = [await observed.deliver(good ?? [])];
  const first = keysOf((failing ?? []).slice(0, 1));
  const treat = (call: ObservedCall) => (isFirst(call, first, info.attributed, observed) ? 'fail' : 'hold');
  trials.push(await observed.deliver(failing ?? [], { treat }));
  const left = trials.flatMap(({ result }) => result.leaks ?? []);
  // Timers that are left fire before the calls of the next batch are answered.
  const last = await observed.deliver(next ?? [], {
    treat: () => 'hold',
    holdOnce: true,
    patient: left.some(isTimer),
  });
  left.push(...(last.result.leaks ?? []));
  const late = lateCall(observed.calls, [good ?? [], failing ?? [], next ?? []]);
  const isLost = [...trials, last].some(({ result }) => result.leaks === undefined);
  return { id: 'awaited', sent, how, ...judge(left, late, isLost) };
}

function judge(
  left: readonly Leak[],
  late: ObservedCall | undefined,
  isLost: boolean,
): Pick<CheckResult, 'result' | 'seen'> {
  const work = left.find(isWork);
  if (late)
    return { result: 'no', seen: `the call ${callName(late.call)} of a batch was made after its response` };
  if (work) return { result: 'no', seen: leakText(work) };
  const other = left[0];
  if (!other && isLost) {
    return {
      result: 'unknown',
      seen: 'an environment ended before the lab could inspect it',
    };
  }
  if (!other) return { result: 'yes', seen: 'no code was still running, and no call was late' };
  return { result: 'unknown', seen: `${leakText(other)}; it made no call` };
}

/** Fails the first call of the batch, if calls cannot be recognized. */
function isFirst(
  call: ObservedCall,
  first: ReadonlySet<string>,
  attributed: boolean,
  { calls }: ObservedFunction,
): boolean {
  if (attributed) return isOf(call, first);
  return !calls.some(({ delivery }) => delivery === call.delivery);
}

/** Finds a call that was made in a later delivery than its messages. */
function lateCall(
  calls: readonly ObservedCall[],
  batches: readonly (readonly TestMessage[])[],
): ObservedCall | undefined {
  return calls.find(({ delivery, messages }) => {
    const own = keysOf(batches[delivery] ?? []);
    return messages.size > 0 && !haveCommon(messages, own);
  });
}
