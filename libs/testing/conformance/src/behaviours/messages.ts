import type { Outcome } from '@parallel-lambda/batch';
import { readBatch } from '@parallel-lambda/batch/technique';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Fixture, MakeTechnique } from '../setup/fixture.ts';
import { statuses, times } from '../setup/helpers.ts';
import { invocationInfo, manualDeadline } from '../setup/manual-deadline.ts';
import { propertyTimeoutMs, seededProperty } from '../setup/seeded-property.ts';
import { setUpForAll } from '../setup/set-up.ts';
import { sqsEvent } from '../sources/sqs-event.ts';
import { digestOf } from '../work/digest.ts';
import { writeTask } from '../work/write-task.ts';

interface SentText {
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
  '\uDE00\uD83D the wrong action round',
  '\uFEFF after a byte order mark',
  '😀 👩‍👩‍👧 e\u0301 ä ﷽ ‮right to left',
  '\u2028\u2029\r\n\t\u0085',
  '__proto__',
  'null',
  '"quoted" \\ {}',
  '\uFFFF\uFFFE\uFFFD',
];

/** Work receives exactly the sent message, in any thread. */
export function messages(makeTechnique: MakeTechnique): void {
  const fixture = setUpForAll(makeTechnique, { workers: 3 });

  it.each(oddTexts.map((text) => [JSON.stringify(text), text]))('passes on %s unchanged', async (_, text) => {
    const sentTexts = [0, 1].map((index) => ({
      id: `${text}${index}${text}`,
      payload: text,
      receiveCount: 1,
    }));
    expect(statuses(await deliver(fixture(), sentTexts))).toEqual(times(2, 'succeeded'));
  });

  it(
    'passes on any text, identifier and receive count unchanged',
    async () => {
      const anyText = fc
        .array(fc.integer({ min: 0, max: 0xffff }))
        .map((units) => String.fromCharCode(...units));
      const sentText = fc.record({
        id: anyText.filter((id) => id !== ''),
        payload: anyText,
        receiveCount: fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { nil: undefined }),
      });
      await seededProperty(
        fc.asyncProperty(fc.uniqueArray(sentText, { selector: ({ id }) => id }), async (sentTexts) => {
          expect(statuses(await deliver(fixture(), sentTexts))).toEqual(sentTexts.map(() => 'succeeded'));
        }),
      );
    },
    propertyTimeoutMs,
  );

  it('passes on a batch of several megabytes', async () => {
    const sentTexts = Array.from({ length: 24 }, (_, index) => ({
      id: `message-${index}`,
      payload: 'aä€😀\uD800'.repeat(20_000 + index),
      receiveCount: index === 0 ? undefined : index,
    }));
    expect(statuses(await deliver(fixture(), sentTexts))).toEqual(times(24, 'succeeded'));
  });

  it('has no deadline in the context if there is none', async () => {
    const sentText = { id: 'a', payload: 'b', receiveCount: 3 };
    expect(statuses(await deliver(fixture(), [sentText], null))).toEqual(['succeeded']);
  });
}

function deliver(
  { runBatch }: Fixture,
  sentTexts: readonly SentText[],
  atMs: number | null = Date.now() + 3_600_000,
): Promise<readonly Outcome[]> {
  const deadline = { ...manualDeadline(), atMs: atMs ?? undefined };
  const sent = sentTexts.map(({ id, payload, receiveCount }, number) => {
    const digest = digestOf({ id, payload, receiveCount, deadlineMs: deadline.atMs, ...invocationInfo });
    return { id, body: writeTask({ number, do: 'check the digest', digest }, payload), receiveCount };
  });
  return runBatch(readBatch(sqsEvent(sent)), deadline);
}
