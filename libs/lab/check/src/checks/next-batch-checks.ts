import { counted } from '@parallel-lambda/report';

import type { Observation } from '../observe/observation.ts';
import type { CheckResult } from './check-result.ts';
import {
  isOf,
  keysOf,
  openSubject,
  responseText,
  trialSize,
  unattributable,
  type Subject,
} from './subject.ts';

/** Checks the effects of a batch with failures on the next batch, and on the redelivery of its failed messages. */
export async function checkNextBatch(subject: Subject): Promise<readonly CheckResult[]> {
  const { factory, info } = subject;
  const size = Math.min(trialSize, subject.maxBatch);
  const messages = factory.batch(4000, size);
  const failing = messages.slice(0, 2);
  const targets = keysOf(failing);
  await using observed = await openSubject(subject);
  const before = await observed.deliver(messages, {
    treat: (call) => (!info.attributed || isOf(call, targets) ? 'fail' : 'succeed'),
  });
  const next = factory.batch(4100, size);
  const after = await observed.deliver(next);
  const sent = `a batch in which ${info.attributed ? 'message 1 and 2 fail' : 'every call fails'}, then`;
  const redelivery = failing.map((_, place) => factory.make(4000 + place, { receiveCount: 2 }));
  const again = await observed.deliver(redelivery);
  return [
    {
      id: 'apart',
      ...apartResult(subject, after, responseText(after, next)),
      sent: `${sent} a batch whose calls succeed, in the same environment`,
      how: 'the response to a batch without failures must report none',
    },
    {
      id: 'redelivered',
      sent: `${sent} its first two messages again`,
      how: 'a message that has failed must be processed again',
      ...redeliveredResult(subject, before, again, responseText(again, redelivery)),
    },
  ];
}

function apartResult(
  subject: Subject,
  after: Observation,
  seen: string,
): Pick<CheckResult, 'result' | 'seen'> {
  if (subject.info.calls === 0 && isClean(after)) {
    return { result: 'unknown', seen: unattributable(subject) ?? '' };
  }
  // A busy machine may be the cause, and not the batch before.
  if (after.response.kind === 'timeout') return { result: 'unknown', seen };
  return { result: isClean(after) ? 'yes' : 'no', seen };
}

function isClean({ response }: Observation): boolean {
  return response.kind === 'reported' && response.keys.length === 0;
}

function redeliveredResult(
  subject: Subject,
  before: Observation,
  again: Observation,
  response: string,
): Pick<CheckResult, 'result' | 'seen'> {
  const failedBefore = before.calls.some(({ treatment }) => treatment === 'fail');
  if (!failedBefore)
    return { result: 'unknown', seen: unattributable(subject) ?? 'no call of the messages failed' };
  const calls = again.calls.length;
  if (calls > 0)
    return {
      result: 'yes',
      seen: `made again: ${counted(calls, 'call')}; ${response}`,
    };
  if (!isClean(again)) return { result: 'unknown', seen: `no call was made again, but ${response}` };
  return { result: 'no', seen: `no call was made again, and ${response}` };
}
