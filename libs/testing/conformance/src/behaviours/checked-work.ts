import { readBatch } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { setUpForAll } from '../setup/set-up.ts';
import { sqsEvent } from '../sources/sqs-event.ts';
import { statuses } from '../setup/helpers.ts';
import { writeTask } from '../work/task.ts';

/** Work wrapped in `checked`: a message that does not match its schema fails alone. */
export function checkedWork(makeTechnique: MakeTechnique): void {
  const fixture = setUpForAll(makeTechnique, { workers: 2 });

  it.each(['check a schema', 'check an async schema'] as const)(
    'gets only valid messages: %s',
    async (action) => {
      const bodies = [
        writeTask({ number: 0, do: action, amount: 7 }),
        writeTask({ number: 1, do: action, amount: 'seven' }),
        writeTask({ number: 2, do: action }),
        writeTask({ number: 3, do: action, amount: 7 }, 'before the JSON'),
        writeTask({ number: 4, do: action, amount: 0 }),
      ];
      const event = sqsEvent(bodies.map((body, index) => ({ id: `message-${index}`, body })));
      const outcomes = await fixture().runBatch(readBatch(event));
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
    },
  );
}
