import type { TestMessage } from '../messages/test-message.ts';
import type { Observation, ObservedCall } from '../observe/observed-function.ts';
import type { CheckResult } from './check-result.ts';
import {
  isOf,
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

const how = 'the lab never answered the calls of one message';

/** Checks what a call costs that is never answered. */
export async function checkHang(subject: Subject): Promise<CheckResult> {
  const { definition, facts } = subject;
  const id = 'hang';
  if (facts.calls === 0) {
    return { id, ...notTried, seen: unattributable(subject) ?? '' };
  }
  const timeoutSeconds = Math.min(definition.timeoutSeconds, maxWaitSeconds);
  const first = await tryHang(subject, timeoutSeconds);
  if (first.check.result !== 'no' || !first.timedOut) return first.check;
  // On a busy machine a function may miss its deadline. One that knows none misses a later one too.
  const later = 2 * timeoutSeconds;
  const second = await tryHang(subject, later);
  if (second.timedOut) return first.check;
  const seen = `it timed out after ${timeoutSeconds} s, but responded with a timeout of ${later} s: it may have another time limit, or this machine is busy`;
  return { ...first.check, result: 'unknown', seen };
}

/** @param timeoutSeconds of the function, in this trial */
async function tryHang(subject: Subject, timeoutSeconds: number): Promise<HangTrial> {
  const { factory, facts } = subject;
  const messages = factory.batch(5000, Math.min(trialSize, subject.maxBatch));
  const targets = keysOf(messages.slice(4, 5).length > 0 ? messages.slice(4, 5) : messages.slice(0, 1));
  await using observed = await openSubject(subject, { timeoutSeconds, strict: false });
  const hangs = (call: ObservedCall): boolean =>
    facts.attributed ? isOf(call, targets) : observed.calls.every(({ treatment }) => treatment !== 'never');
  const observation = await observed.deliver(messages, {
    treat: (call) => (hangs(call) ? 'never' : 'succeed'),
  });
  const sent = `${messages.length} messages; one call never answered; timeout ${timeoutSeconds} s`;
  const timedOut = observation.response.kind === 'timeout';
  return {
    timedOut,
    check: { id: 'hang', sent, how, ...judge(subject, observation, messages, timeoutSeconds) },
  };
}

interface HangTrial {
  readonly timedOut: boolean;
  readonly check: CheckResult;
}

function judge(
  { definition, facts, factory }: Subject,
  observation: Observation,
  messages: readonly TestMessage[],
  timeoutSeconds: number,
): Pick<CheckResult, 'result' | 'seen'> {
  const seen = responseText(observation, messages);
  const { response, calls } = observation;
  if (!calls.some(({ treatment }) => treatment === 'never')) {
    return { result: 'unknown', seen: 'no call was made that could hang' };
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
  if (facts.attributed && lost.length > 0) {
    return { result: 'no', seen: `${seen}; ${lost.length} messages were neither finished nor reported` };
  }
  if (!facts.attributed && again.size === 0)
    return { result: 'no', seen: `${seen} although a call was open` };
  return { result: 'yes', seen };
}
