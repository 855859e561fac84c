import type { CheckResult } from './check-result.ts';
import {
  haveCommon,
  keysOf,
  notTried,
  openSubject,
  redelivered,
  responseText,
  unattributable,
  type Subject,
} from './subject.ts';

const unreadable = 'This is not JSON: {"check-unreadable"';
const how = 'the lab put one body that is not JSON into a batch of JSON';

/** Checks the effect of a message that the function cannot read. */
export async function checkUnreadable(subject: Subject): Promise<CheckResult> {
  const { factory, info, maxBatch } = subject;
  const id = 'unreadable';
  if (factory.source === 'dynamodb')
    return { id, ...notTried, seen: 'the records of DynamoDB Streams are always readable' };
  if (!isJson(factory.format.bodyOf(factory.make(6000).record as never))) {
    return { id, ...notTried, seen: 'the messages are not JSON, so any text may be valid' };
  }
  if (maxBatch < 2) return { id, ...notTried, seen: 'a batch has one message' };
  const messages = factory.batch(6000, Math.min(4, maxBatch), (place) =>
    place === 1 ? { body: unreadable } : {},
  );
  const bad = messages[1]?.key ?? '';
  await using observed = await openSubject(subject);
  const observation = await observed.deliver(messages);
  const sent = `${messages.length} messages; message 2 is not JSON`;
  const seen = responseText(observation, messages);
  const again = redelivered(observation, messages, factory.format.checkpoint);
  const result = (value: CheckResult['result'], text = seen): CheckResult => ({
    id,
    result: value,
    sent,
    seen: text,
    how,
  });
  if (!again.has(bad)) {
    const passedOn = observation.calls.some(({ call }) => call.text.includes('check-unreadable'));
    if (passedOn) return result('yes', 'the text was passed unchanged');
    if (info.calls === 0) return result('unknown', unattributable(subject) ?? seen);
    return result(
      'unknown',
      `${seen}, and no call was made for message 2: it was skipped on purpose, or lost`,
    );
  }
  // A source with an order may be stopped at the first failure: later messages wait for its redelivery.
  const others = factory.format.ordered ? messages.slice(0, 1) : messages.filter(({ key }) => key !== bad);
  return result(haveCommon(keysOf(others), again) ? 'no' : 'yes');
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
