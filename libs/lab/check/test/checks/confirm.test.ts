import { describe, expect, it } from 'vitest';

import type { CheckResult } from '../../src/checks/check-result.ts';
import { confirm } from '../../src/checks/confirm.ts';
import type { Subject } from '../../src/checks/subject.ts';

const subject = { definition: { timeoutSeconds: 3 } } as Subject;

function result(id: CheckResult['id'], found: CheckResult['result']): CheckResult {
  return { id, result: found, sent: '10 messages', seen: `saw ${found}`, how: 'by the response' };
}

/** A check whose first run finds one thing, and whose second run another; notes its timeouts. */
function checkTwice(first: readonly CheckResult[], second: readonly CheckResult[]) {
  const timeouts: (number | undefined)[] = [];
  const check = ({ timeoutSeconds }: Subject) => {
    timeouts.push(timeoutSeconds);
    return Promise.resolve(timeouts.length === 1 ? first : second);
  };
  return { check, timeouts };
}

describe('a fault that too little time would look like', () => {
  it.each(['exact', 'apart', 'unreadable'] as const)(
    'counts as a fault of %s only if it is seen twice',
    async (id) => {
      const { check, timeouts } = checkTwice([result(id, 'no'), result('lost', 'no')], [result(id, 'yes')]);
      const [doubtful, other] = await confirm(check, subject);
      expect(doubtful).toMatchObject({ id, result: 'unknown' });
      expect(doubtful?.seen).toBe(
        'saw no; not with a timeout of 8 s: it may have too little time with 3 s, or this machine is busy',
      );
      expect(other).toEqual(result('lost', 'no'));
      expect(timeouts).toEqual([undefined, 8]);
    },
  );

  it('is a fault if a longer timeout does not help', async () => {
    const found = [result('exact', 'no')];
    expect(await confirm(checkTwice(found, found).check, subject)).toEqual(found);
  });
});

it('runs a check once that finds no such fault', async () => {
  const found = [result('exact', 'yes'), result('response', 'no')];
  const { check, timeouts } = checkTwice(found, []);
  expect(await confirm(check, subject)).toEqual(found);
  expect(timeouts).toEqual([undefined]);
});
