import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { failedIds } from './failed-ids.ts';
import { HoldingServer } from './holding-server.ts';
import { messages } from './messages.ts';
import { shared } from './shared.ts';
import { sqsEvent } from './sqs-event.ts';
import { start } from './start.ts';
import { times } from './times.ts';

describeFunctions((definition) => {
  describe('a batch', () => {
    const local = shared(definition);

    it('{} is the 100 messages of the sample', async () => {
      expect(failedIds(await local().invoke({}))).toEqual([]);
    });

    it('is simulated as wished', async () => {
      const result = await local().invoke({ simulate: { messages: 3, body: { fail: true } } });
      expect(failedIds(result)).toEqual(
        [1, 2, 3].map((number) => `00000000-0000-4000-8000-00000000000${number}`),
      );
    });

    it('with failures is answered with those that failed, in the order of the batch', async () => {
      const bodies = [
        { wait: 20 },
        { fail: true },
        [],
        [{ hash: 4 }, { fail: 1 }],
        { scrypt: 2 },
        { fail: 3 },
      ];
      expect(failedIds(await local().invoke(sqsEvent(messages(...bodies))))).toEqual(['m2', 'm4', 'm6']);
    });

    it('of no records is answered with no failures', async () => {
      expect(failedIds(await local().invoke({ Records: [] }))).toEqual([]);
    });

    it('that holds a message of a standard queue twice does it once', async () => {
      await using server = await HoldingServer.listen();
      const twice = { id: 'twice', body: { fetch: server.url('/twice') } };
      const invocation = local().invoke(sqsEvent([twice, { id: 'once', body: [] }, twice]));
      await server.untilHeld(1);
      server.release();
      expect(failedIds(await invocation)).toEqual([]);
      expect(server.arrived).toEqual(['/twice']);
    });

    it('that holds a failing message twice names it once', async () => {
      const twice = { id: 'twice', body: { fail: true } };
      expect(failedIds(await local().invoke(sqsEvent([twice, twice])))).toEqual(['twice']);
    });

    it('of 10,000 empty messages and one that fails reports only that one', async () => {
      const all = times(10_000, (index) => ({ id: `m${index}`, body: index === 7000 ? { fail: true } : [] }));
      expect(failedIds(await local().invoke(sqsEvent(all)))).toEqual(['m7000']);
    });

    it('of 10,000 empty messages reports no failures', async () => {
      const result = await local().invoke({ simulate: { messages: 10_000, body: [] } });
      expect(failedIds(result)).toEqual([]);
    });
  });

  describe('a batch of a FIFO queue', () => {
    const local = shared(definition);

    it('stops a group at its failure, and the other groups continue', async () => {
      const bodies = {
        a: [[], { fail: true }, [], []],
        b: [[], [], [], []],
        c: [{ fail: true }, [], [], []],
      };
      const sent = times(4, (index) =>
        Object.entries(bodies).map(([group, own]) => ({ id: `${group}${index}`, body: own[index], group })),
      ).flat();
      expect(failedIds(await local().invoke(sqsEvent(sent)))).toEqual([
        'c0',
        'a1',
        'c1',
        'a2',
        'c2',
        'a3',
        'c3',
      ]);
    });
  });

  it('leaves nothing running: one environment handles all invocations', async () => {
    await using local = start(definition);
    for (let invocation = 1; invocation <= 3; invocation++) {
      expect(failedIds(await local.invoke(sqsEvent(messages({ wait: 5 }, { fail: true }))))).toEqual(['m2']);
    }
    expect(local.environmentsStarted).toBe(1);
  });
});
