import type { Observation, ObservedCall } from '../observe/observation.ts';
import type { CheckResult } from './check-result.ts';
import { holdingTimeoutSeconds, notTried, openSubject, unattributable, type Subject } from './subject.ts';

const how = 'the lab answered no call until the function started no more calls';

/** Checks whether the function limits the messages in flight: holds every call of a large batch. */
export async function checkLimit(subject: Subject): Promise<CheckResult> {
  const { info, factory, maxBatch } = subject;
  const id = 'limit';
  const sent = `${maxBatch} messages; no call answered`;
  if (info.calls === 0) {
    return { id, ...notTried, seen: unattributable(subject) ?? '' };
  }
  if (maxBatch <= 10) {
    const seen = `a batch has at most ${maxBatch} messages`;
    return { id, result: 'yes', sent: 'nothing', seen, how: 'by the maximum batch size' };
  }
  await using observed = await openSubject(subject, {
    strict: true,
    timeoutSeconds: holdingTimeoutSeconds,
  });
  let wave: readonly ObservedCall[] = [];
  const messages = factory.batch(2000, maxBatch);
  const observation = await observed.deliver(messages, {
    treat: () => 'hold',
    patient: true,
    releaseAt: maxBatch * callsPerMessage(subject),
    onQuiet: (held) => {
      wave = held;
      // Later samples add no information.
      observed.kill();
    },
  });
  return { id, sent, ...judge(observation, wave.length > 0 ? wave : observation.calls, maxBatch) };
}

function callsPerMessage({ info }: Subject): number {
  return Math.max(1, Math.ceil(info.calls / info.messages));
}

function judge(
  observation: Observation,
  held: readonly ObservedCall[],
  maxBatch: number,
): Pick<CheckResult, 'result' | 'seen' | 'how'> {
  const { maxInFlight, result, wasQuiet } = observation;
  const perCall = messagesPerCall(held);
  if (perCall > 1 && maxInFlight === 1) return { result: 'yes', seen: '1 call for many messages', how };
  const inFlight = Math.ceil(maxInFlight * perCall);
  const seen = `at most ${inFlight} of ${maxBatch} in flight${perCall > 1 ? `, in ${maxInFlight} calls` : ''}`;
  if (inFlight >= maxBatch) return { result: 'no', seen, how };
  if (!wasQuiet) {
    const end = result.status === 'success' ? 'responded' : `ended (${result.error.errorType})`;
    const why = `${seen} until the function ${end}; it might have started more`;
    return { result: 'unknown', seen: why, how };
  }
  return { result: 'yes', seen: inFlight === 1 ? `${seen}: sequential` : seen, how };
}

/** A message may make several calls at a time, and a call may be for several messages. */
function messagesPerCall(held: readonly ObservedCall[]): number {
  const perMessage = new Map<string, number>();
  for (const { messages } of held) {
    for (const key of messages) perMessage.set(key, (perMessage.get(key) ?? 0) + 1);
  }
  if (held.some(({ messages }) => messages.size > 1)) return perMessage.size / held.length;
  return 1 / Math.max(1, ...perMessage.values());
}
