import type { TestMessage } from '../messages/test-message.ts';
import type { Observation, ObservedCall } from '../observe/observation.ts';
import type { ObservedFunction } from '../observe/observed-function.ts';
import { callName } from '../observe/recording-service.ts';
import type { CheckResult } from './check-result.ts';
import { redeliver, unfinishedResult } from './redelivery.ts';
import {
  isOf,
  isPassingOn,
  keysOf,
  maxWaitSeconds,
  notTried,
  openSubject,
  redelivered,
  responseText,
  trialSize,
  unattributable,
  type Subject,
} from './subject.ts';

/** Number of the first message of these checks. */
const from = 5000;

/** Checks the effect of a call without an answer, and how the function recovers. */
export async function checkHang(subject: Subject): Promise<readonly CheckResult[]> {
  const { definition, info } = subject;
  if (info.calls === 0) {
    const unknown = { ...notTried, seen: unattributable(subject) ?? '' };
    return [
      { id: 'hang', ...unknown },
      { id: 'timeout', ...unknown },
    ];
  }
  const timeoutSeconds = Math.min(definition.timeoutSeconds, maxWaitSeconds);
  const { timedOut, hang, recovery } = await tryHang(subject, timeoutSeconds);
  if (hang.result !== 'no' || !timedOut) return [hang, recovery];
  // On a busy machine a function may miss its deadline. A function without a deadline misses a later one too.
  const later = 2 * timeoutSeconds;
  const second = await tryHang(subject, later);
  if (second.timedOut) return [hang, recovery];
  const seen = `it timed out after ${timeoutSeconds} s, but responded with a timeout of ${later} s: it may have another time limit, or this machine is busy`;
  // It depends on the time limit which of the two happens.
  const found = [recovery, second.recovery].find(({ result }) => result === 'no') ?? second.recovery;
  return [{ ...hang, result: 'unknown', seen }, found];
}

interface HangTrial {
  readonly timedOut: boolean;
  readonly hang: CheckResult;
  readonly recovery: CheckResult;
}

/** @param timeoutSeconds of the function, in this trial */
async function tryHang(subject: Subject, timeoutSeconds: number): Promise<HangTrial> {
  const { factory, info } = subject;
  const messages = factory.batch(from, Math.min(trialSize, subject.maxBatch));
  const targets = keysOf(messages.slice(4, 5).length > 0 ? messages.slice(4, 5) : messages.slice(0, 1));
  await using observed = await openSubject(subject, { timeoutSeconds });
  const hangs = (call: ObservedCall): boolean =>
    info.attributed ? isOf(call, targets) : observed.calls.every(({ treatment }) => treatment !== 'never');
  const observation = await observed.deliver(messages, {
    treat: (call) => (hangs(call) && !isPassingOn(call, subject) ? 'never' : 'succeed'),
  });
  const sent = `${messages.length} messages; one call never answered; timeout ${timeoutSeconds} s`;
  const how = 'the lab never answered the calls of one message';
  return {
    timedOut: observation.response.kind === 'timeout',
    hang: { id: 'hang', sent, how, ...judge(subject, observation, messages, timeoutSeconds) },
    recovery: {
      id: 'timeout',
      sent: `${sent}; then the next batch of its source`,
      how: `${how}, and inspected the next invocation`,
      ...(await judgeRecovery(subject, observed, observation, messages)),
    },
  };
}

async function judgeRecovery(
  subject: Subject,
  observed: ObservedFunction,
  observation: Observation,
  messages: readonly TestMessage[],
): Promise<Pick<CheckResult, 'result' | 'seen'>> {
  const { factory, info } = subject;
  const hanging = observation.calls.filter(({ treatment }) => treatment === 'never');
  if (hanging.length === 0) return { result: 'unknown', seen: noCall };
  const size = messages.length;
  const again = redelivered(observation, messages, factory.format.checkpoint);
  const next = from + size;
  const after = await redeliver(
    subject,
    observed,
    again.size > 0
      ? { from, size, keys: again }
      : { from: next, size, keys: keysOf(factory.batch(next, size)) },
  );
  const open = hanging.find((call) => observed.isOpen(call));
  if (open) {
    const seen = `${responseText(observation, messages)}; ${callName(open.call)} was still open in the next invocation`;
    return { result: 'no', seen };
  }
  if (!info.attributed) return { result: 'unknown', seen: unattributable(subject) ?? '' };
  const timedOut = observation.response.kind === 'timeout';
  const event = timedOut ? 'the timeout' : 'the response';
  const where = timedOut ? 'the next environment' : 'the next invocation';
  const what = again.size > 0 ? 'what was redelivered' : 'its messages';
  return (
    unfinishedResult(after, event) ?? {
      result: 'yes',
      seen: `${where} finished ${what}; no call was left open`,
    }
  );
}

const noCall = 'the function made no call that could hang';

function judge(
  { definition, info, factory }: Subject,
  observation: Observation,
  messages: readonly TestMessage[],
  timeoutSeconds: number,
): Pick<CheckResult, 'result' | 'seen'> {
  const seen = responseText(observation, messages);
  const { response, calls } = observation;
  if (!calls.some(({ treatment }) => treatment === 'never')) {
    return { result: 'unknown', seen: noCall };
  }
  if (response.kind === 'timeout' && timeoutSeconds < definition.timeoutSeconds) {
    const why = `with a timeout of ${timeoutSeconds} s ${seen}; the function has ${definition.timeoutSeconds} s`;
    return { result: 'unknown', seen: why };
  }
  if (response.kind === 'timeout') return { result: 'no', seen: `${seen}: all messages are redelivered` };
  const again = redelivered(observation, messages, factory.format.checkpoint);
  const succeeded = new Set(
    calls.flatMap((call) => (call.treatment === 'succeed' ? [...call.messages] : [])),
  );
  const lost = messages.filter(({ key }) => !again.has(key) && !succeeded.has(key));
  if (info.attributed && lost.length > 0) {
    return { result: 'no', seen: `${seen}; ${lost.length} messages were neither finished nor reported` };
  }
  if (!info.attributed && again.size === 0) return { result: 'no', seen: `${seen} although a call was open` };
  return { result: 'yes', seen };
}
