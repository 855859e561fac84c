import { readBatch } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import type { MakeTechnique } from '../make-technique.ts';
import { setUpForAll } from '../set-up-for-all.ts';
import { sqsEvent } from '../sqs-event.ts';
import { statuses } from '../statuses.ts';
import { writeTask } from '../task.ts';

/** Work that a schema stands before is worked on like any other: what does not fit fails alone. */
export function checkedWork(makeTechnique: MakeTechnique): void {
  const trial = setUpForAll(makeTechnique, { workers: 2 });

  it.each(['fit a schema', 'fit a schema later'] as const)('is given what fits: %s', async (deed) => {
    const bodies = [
      writeTask({ number: 0, do: deed, amount: 7 }),
      writeTask({ number: 1, do: deed, amount: 'seven' }),
      writeTask({ number: 2, do: deed }),
      writeTask({ number: 3, do: deed, amount: 7 }, 'before the JSON'),
      writeTask({ number: 4, do: deed, amount: 0 }),
    ];
    const event = sqsEvent(bodies.map((body, index) => ({ id: `message-${index}`, body })));
    const outcomes = await trial().runBatch(readBatch(event));
    expect(statuses(outcomes)).toEqual(['succeeded', 'failed', 'failed', 'failed', 'succeeded']);
    for (const [position, reason] of [
      [1, 'message-1 does not fit its schema: amount: must be a number'],
      [2, 'message-2 does not fit its schema: amount: must be a number'],
      [3, 'message-3 must be JSON, not '],
    ] as const) {
      expect(outcomes[position]).toMatchObject({
        error: {
          name: 'InvalidMessageError',
          message: expect.stringContaining(`Message ${reason}`) as string,
        },
      });
    }
  });
}
