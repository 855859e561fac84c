import type { Outcome } from '@parallel-lambda/batch';
import { readBatch } from '@parallel-lambda/batch/technique';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { deadlineByHand } from '../deadline-by-hand.ts';
import { facts } from '../invocation-of.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { reportedProperty } from '../reported-property.ts';
import { seal } from '../seal.ts';
import { setUpForAll } from '../set-up-for-all.ts';
import { sqsEvent } from '../sqs-event.ts';
import { statuses } from '../statuses.ts';
import { writeTask } from '../task.ts';
import { times } from '../times.ts';
import type { Trial } from '../trial.ts';

interface Letter {
  readonly id: string;
  readonly payload: string;
  readonly receiveCount: number | undefined;
}

const oddTexts = [
  '',
  ' leading and trailing ',
  '\0',
  'before\0after\0',
  '\uD800',
  'high \uD83D alone',
  '\uDE00\uD83D the wrong way round',
  '\uFEFF after a byte order mark',
  '😀 👩‍👩‍👧 e\u0301 ä ﷽ ‮right to left',
  '\u2028\u2029\r\n\t\u0085',
  '__proto__',
  'null',
  '"quoted" \\ {}',
  '\uFFFF\uFFFE\uFFFD',
];

/** What a work is given is what was sent: nothing is lost on the way to it, in whatever thread it runs. */
export function messages(makeTechnique: MakeTechnique): void {
  const trial = setUpForAll(makeTechnique, { workers: 3 });

  it.each(oddTexts.map((text) => [JSON.stringify(text), text]))('hands on %s unchanged', async (_, text) => {
    const letters = [0, 1].map((index) => ({ id: `${text}${index}${text}`, payload: text, receiveCount: 1 }));
    expect(statuses(await deliver(trial(), letters))).toEqual(times(2, 'succeeded'));
  });

  it('hands on any text, identifier and receive count unchanged', async () => {
    const anyText = fc
      .array(fc.integer({ min: 0, max: 0xffff }))
      .map((units) => String.fromCharCode(...units));
    const letter = fc.record({
      id: anyText.filter((id) => id !== ''),
      payload: anyText,
      receiveCount: fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { nil: undefined }),
    });
    await reportedProperty(
      fc.asyncProperty(fc.uniqueArray(letter, { selector: ({ id }) => id }), async (letters) => {
        expect(statuses(await deliver(trial(), letters))).toEqual(letters.map(() => 'succeeded'));
      }),
    );
  });

  it('hands on a batch of several megabytes', async () => {
    const letters = Array.from({ length: 24 }, (_, index) => ({
      id: `message-${index}`,
      payload: 'aä€😀\uD800'.repeat(20_000 + index),
      receiveCount: index === 0 ? undefined : index,
    }));
    expect(statuses(await deliver(trial(), letters))).toEqual(times(24, 'succeeded'));
  });

  it('says so when there is no deadline', async () => {
    const letter = { id: 'a', payload: 'b', receiveCount: 3 };
    expect(statuses(await deliver(trial(), [letter], null))).toEqual(['succeeded']);
  });
}

function deliver(
  { runBatch }: Trial,
  letters: readonly Letter[],
  atMs: number | null = Date.now() + 3_600_000,
): Promise<readonly Outcome[]> {
  const deadline = { ...deadlineByHand(), atMs: atMs ?? undefined };
  const sent = letters.map(({ id, payload, receiveCount }, number) => {
    const sealed = seal({ id, payload, receiveCount, deadlineMs: deadline.atMs, ...facts });
    return { id, body: writeTask({ number, do: 'check the seal', seal: sealed }, payload), receiveCount };
  });
  return runBatch(readBatch(sqsEvent(sent)), deadline);
}
