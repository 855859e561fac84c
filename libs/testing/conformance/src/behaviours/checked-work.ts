import { gzipSync } from 'node:zlib';

import { notStarted, readBatch } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { statuses, turns } from '../setup/helpers.ts';
import { manualDeadline } from '../setup/manual-deadline.ts';
import { setUpForAll } from '../setup/set-up.ts';
import { sqsEvent } from '../sources/sqs-event.ts';
import { writeTask } from '../work/write-task.ts';

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
        [1, 'message-1 does not fit its schema: amount'],
        [2, 'message-2 does not fit its schema: amount'],
        [3, 'message-3 must be JSON, not '],
      ] as const) {
        expect(outcomes[position]).toMatchObject({
          error: {
            name: 'InvalidMessageError',
            message: expect.stringContaining(`Message ${reason}`) as string,
          },
        });
      }
      // For `onBatchEnd`; not in the message, which is logged.
      expect(outcomes[1]).toHaveProperty('error.issues.0.message', 'must be a number');
    },
  );

  it('gets what its decoders return, synchronous or not', async () => {
    const packed = (value: object): string => gzipSync(JSON.stringify(value)).toString('base64');
    const bodies = [
      writeTask({ number: 0, do: 'decode and check a schema' }, packed({ amount: 7 })),
      writeTask({ number: 1, do: 'decode and check a schema' }, packed({ amount: 'seven' })),
      writeTask({ number: 2, do: 'decode and check a schema' }, 'not base64!'),
      writeTask({ number: 3, do: 'decode and check a schema' }, Buffer.from('{}').toString('base64')),
    ];
    const event = sqsEvent(bodies.map((body, index) => ({ id: `message-${index}`, body })));
    const outcomes = await fixture().runBatch(readBatch(event));
    expect(statuses(outcomes)).toEqual(['succeeded', 'failed', 'failed', 'failed']);
    for (const [position, reason] of [
      [1, 'does not fit its schema: amount'],
      [2, 'must be base64'],
      [3, 'cannot be decompressed as gzip'],
    ] as const) {
      expect(outcomes[position]).toMatchObject({
        error: { message: expect.stringContaining(`Message message-${position} ${reason}`) as string },
      });
    }
  });

  it('is not started when the deadline was reached while its schema took its time', async () => {
    const { run, recorder } = fixture();
    await turns();
    recorder.reset();
    const deadline = manualDeadline();
    const running = run(['check a gated schema', 'check a gated schema', 'succeed'], { deadline });
    await recorder.untilStarts(2);
    deadline.reach();
    await recorder.untilAborts(2);
    recorder.openAll();
    const outcomes = await running;
    expect(outcomes[2]).toEqual(notStarted);
    for (const outcome of outcomes.slice(0, 2)) {
      expect(outcome.status).not.toBe('succeeded');
      if (outcome.status === 'failed') expect(outcome.error).toHaveProperty('name', 'DeadlineReached');
    }
  });
}
