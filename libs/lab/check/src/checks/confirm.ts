import type { CheckId } from './check-ids.ts';
import type { CheckResult } from './check-result.ts';
import { holdingTimeoutSeconds, type Subject } from './subject.ts';

/** A check of a function. */
export type Check = (subject: Subject) => Promise<CheckResult | readonly CheckResult[]>;

/** Results that are also `no` if the function has too little time, such as on a busy machine. */
const needTime: readonly CheckId[] = ['exact', 'apart', 'unreadable'];

const isDoubtful = ({ id, result }: CheckResult): boolean => result === 'no' && needTime.includes(id);

const maxTimeoutSeconds = 900;

/** Runs a check, and again with a longer timeout if it finds a fault that too little time would look like. */
export async function confirm(check: Check, subject: Subject): Promise<readonly CheckResult[]> {
  const results = [await check(subject)].flat();
  if (!results.some(isDoubtful)) return results;
  const own = subject.definition.timeoutSeconds;
  const timeoutSeconds = Math.min(Math.max(2 * own, holdingTimeoutSeconds), maxTimeoutSeconds);
  const again = [await check({ ...subject, timeoutSeconds })].flat();
  return results.map((first) => {
    const second = again.find(({ id }) => id === first.id);
    if (!isDoubtful(first) || second?.result === 'no') return first;
    const seen = `${first.seen}; not with a timeout of ${timeoutSeconds} s: it may have too little time with ${own} s, or this machine is busy`;
    return { ...first, result: 'unknown', seen };
  });
}
