import type { TestMessage } from '../messages/test-message.ts';
import type { Observation, ObservedCall, Treatment } from '../observe/observation.ts';
import { partialFailure } from '../observe/partial-failure.ts';
import { callName } from '../observe/recording-service.ts';
import { destinationOf } from '../observe/service-answer.ts';
import type { CheckResult } from './check-result.ts';
import {
  isOf,
  isPassingOn,
  keysOf,
  notTried,
  openSubject,
  redelivered,
  responseText,
  trialSize,
  unattributable,
  type Subject,
} from './subject.ts';

const how =
  'the lab failed the calls of these messages, and compared them with the messages that the source would redeliver';

/** Checks the function's response if some messages fail. */
export async function checkFailures(subject: Subject): Promise<readonly CheckResult[]> {
  if (!subject.info.attributed) return await checkAllFailing(subject);
  const trial = await failSome(subject, 'fail');
  const { messages, targets, failed, observation } = trial;
  const places = messages.flatMap(({ key }, place) => (targets.has(key) ? [place + 1] : []));
  const sent = `${messages.length} messages; every call of message ${places.join(' and ')} answered with HTTP status 500`;
  if (failed.size === 0) {
    const seen = 'the function made no call for the messages that should fail';
    return (['lost', 'exact', 'response'] as const).map((id) => ({ id, result: 'unknown', sent, seen, how }));
  }
  const lost = lostIn(subject, trial);
  const undocumented = foreignIdentifier(subject, trial);
  const passedOn = trial.passedOn.size > 0 ? `; the failed messages were sent to ${trial.destination}` : '';
  const seen = responseText(observation, messages) + passedOn;
  if (undocumented) {
    const unknown = { result: 'unknown', sent, seen: `${seen}; ${undocumented}`, how } as const;
    return [{ id: 'lost', ...unknown }, { id: 'exact', ...unknown }, formResult(trial, { sent, seen, how })];
  }
  return [
    lost.length > 0
      ? { id: 'lost', result: 'no', sent, seen: seen + (await detailOfLoss(subject)), how }
      : ((await lostInPart(subject, trial)) ?? { id: 'lost', result: 'yes', sent, seen, how }),
    exactResult(subject, trial, { sent, seen, how }),
    formResult(trial, { sent, seen, how }),
  ];
}

/** Returns the failed messages that are neither redelivered nor sent to another destination. */
function lostIn({ factory }: Subject, { messages, failed, passedOn, observation }: FailedTrial): string[] {
  const again = redelivered(observation, messages, factory.format.checkpoint);
  return [...failed].filter((key) => !again.has(key) && !passedOn.has(key));
}

/** Says why the effect of an unknown identifier is not known; `undefined` if there is none, or the effect is known. */
function foreignIdentifier({ factory }: Subject, { messages, observation }: FailedTrial): string | undefined {
  const { response } = observation;
  const keys = keysOf(messages);
  const isForeign = response.kind === 'reported' && response.keys.some((key) => !keys.has(key));
  return isForeign && factory.format.checkpoint
    ? 'AWS does not document what a stream does with it'
    : undefined;
}

type Texts = Pick<CheckResult, 'sent' | 'seen' | 'how'>;

/** A trial in which some messages were to fail. */
interface FailedTrial {
  readonly messages: readonly TestMessage[];
  /** The messages that were to fail. */
  readonly targets: ReadonlySet<string>;
  /** The messages of calls that were failed. */
  readonly failed: ReadonlySet<string>;
  /** Those that the function has sent to another queue or topic after they failed. */
  readonly passedOn: ReadonlySet<string>;
  readonly destination: string;
  readonly observation: Observation;
}

async function failSome(subject: Subject, treatment: Treatment): Promise<FailedTrial> {
  const messages = subject.factory.batch(1000, Math.min(trialSize, subject.maxBatch));
  const places = [3, 7].map((place) => (place + subject.factory.seed) % messages.length);
  const targets = keysOf(messages.filter((_, place) => places.includes(place)));
  await using observed = await openSubject(subject);
  const observation = await observed.deliver(messages, {
    treat: (call) => (isOf(call, targets) && !isPassingOn(call, subject) ? treatment : 'succeed'),
    failing: targets,
  });
  const { calls } = observation;
  const passing = calls.filter((call) => isPassingOn(call, subject));
  return {
    messages,
    targets,
    failed: treatment === 'fail in part' ? failedInPart(calls, targets) : messagesOf(calls, treatment),
    passedOn: messagesOf(passing, 'succeed'),
    destination: passing.map(({ call }) => destinationOf(call)).at(-1) ?? '',
    observation,
  };
}

/** Returns the messages whose last call has succeeded for other entries only. */
function failedInPart(calls: readonly ObservedCall[], targets: ReadonlySet<string>): ReadonlySet<string> {
  const failed = [...targets].filter((key) => {
    const last = calls.findLast(({ messages }) => messages.has(key));
    return last?.treatment === 'fail in part' && partialFailure(last.call, () => false) !== undefined;
  });
  return new Set(failed);
}

/** A call for several messages may succeed for some of them only, with HTTP status 200. */
async function lostInPart(subject: Subject, before: FailedTrial): Promise<CheckResult | undefined> {
  const [batched] = before.observation.calls.filter(({ messages }) => messages.size > 1);
  if (!batched || !partialFailure(batched.call, () => false)) return undefined;
  const trial = await failSome(subject, 'fail in part');
  if (lostIn(subject, trial).length === 0) return undefined;
  const { messages, targets, observation } = trial;
  return {
    id: 'lost',
    result: 'no',
    sent: `${messages.length} messages; ${callName(batched.call)} failed for ${targets.size} of its entries, with HTTP status 200`,
    seen: `${responseText(observation, messages)}: the failed entries in the answer are ignored`,
    how,
  };
}

function messagesOf(calls: readonly ObservedCall[], treatment: Treatment): ReadonlySet<string> {
  return new Set(
    calls.filter((call) => call.treatment === treatment).flatMap(({ messages }) => [...messages]),
  );
}

/** A function that ignores HTTP status 500 may still notice a broken connection. */
async function detailOfLoss(subject: Subject): Promise<string> {
  const trial = await failSome(subject, 'reset');
  return trial.failed.size > 0 && lostIn(subject, trial).length === 0
    ? '; when the connection broke instead, the message was redelivered: the HTTP status is not checked'
    : '; a message whose connection broke was lost, too';
}

function exactResult(
  subject: Subject,
  { messages, failed, passedOn, observation }: FailedTrial,
  texts: Texts,
): CheckResult {
  const id = 'exact';
  if (observation.response.kind === 'malformed') {
    return { id, result: 'unknown', ...texts, seen: 'the response cannot be read' };
  }
  const { checkpoint } = subject.factory.format;
  const again = redelivered(observation, messages, checkpoint);
  const firstFailed = messages.findIndex(({ key }) => failed.has(key));
  const succeeded = messagesOf(observation.calls, 'succeed');
  const needlessly = messages.filter(({ key }, place) => {
    const isBehind = checkpoint && place > firstFailed;
    return again.has(key) && succeeded.has(key) && !failed.has(key) && !isBehind;
  });
  if (again.size === 0 && passedOn.size === 0) return { id, result: 'unknown', ...texts };
  if (failed.size === messages.length) {
    return { id, result: 'unknown', ...texts, seen: 'one call has all messages, so all of them failed' };
  }
  const count = needlessly.length;
  const seen =
    count > 0 ? `${texts.seen}; ${count} that had succeeded are redelivered with them` : texts.seen;
  return { id, result: count > 0 ? 'no' : 'yes', ...texts, seen };
}

function formResult(
  { messages, observation }: Pick<FailedTrial, 'messages' | 'observation'>,
  texts: Texts,
): CheckResult {
  const { response } = observation;
  const keys = keysOf(messages);
  const id = 'response';
  if (response.kind === 'malformed') return { id, result: 'no', ...texts };
  if (response.kind !== 'reported' || response.keys.length === 0) {
    return { id, result: 'unknown', ...texts, seen: `there was no response to read: ${texts.seen}` };
  }
  return { id, result: response.keys.every((key) => keys.has(key)) ? 'yes' : 'no', ...texts };
}

/** Uses a batch whose calls all fail, if calls cannot be recognized. */
async function checkAllFailing(subject: Subject): Promise<readonly CheckResult[]> {
  const { info, factory } = subject;
  const why = unattributable(subject) ?? '';
  const unknown = { ...notTried, seen: why };
  const exact = { id: 'exact', ...unknown } as const;
  // Fewer calls than messages may be something else than their work.
  if (info.calls < info.messages) return [{ id: 'lost', ...unknown }, exact, { id: 'response', ...unknown }];
  const messages = factory.batch(1000, Math.min(trialSize, subject.maxBatch));
  await using observed = await openSubject(subject);
  const observation = await observed.deliver(messages, { treat: () => 'fail' });
  const again = redelivered(observation, messages, factory.format.checkpoint);
  const texts = {
    sent: `${messages.length} messages; every call answered with HTTP status 500`,
    seen: responseText(observation, messages),
    how: 'all calls failed, so no message can have succeeded',
  };
  return [
    { id: 'lost', result: again.size === messages.length ? 'yes' : 'no', ...texts },
    exact,
    formResult({ messages, observation }, texts),
  ];
}
