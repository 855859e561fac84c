import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { errorOf } from './error-of.ts';
import { failedIds } from './failed-ids.ts';
import { hasThreads } from './has-threads.ts';
import { HoldingServer } from './holding-server.ts';
import { messages } from './messages.ts';
import { readLog } from './read-log.ts';
import { sqsEvent } from './sqs-event.ts';
import { start } from './start.ts';
import { times } from './times.ts';

const good = sqsEvent(messages([], { wait: 1 }, { hash: 4 }));

describeFunctions((definition) => {
  describe('a message that hangs', () => {
    it('fails alone, is logged by name, and the response is sent before the timeout', async () => {
      await using local = start(definition, { timeoutSeconds: 2 });
      const result = await local.invoke(sqsEvent(messages([], { hang: true }, { wait: 20 }, { hash: 4 })));
      expect(failedIds(result)).toEqual(['m2']);
      expect(readLog(result)).toMatch(/1 of 4 messages .*(abandoned|interrupted).*, redelivered: m2$/m);
      expect(failedIds(await local.invoke(good))).toEqual([]);
      expect(local.environmentsStarted).toBe(1);
    });
  });

  describe('a batch that takes longer than the timeout', () => {
    it('reports its unfinished messages before the timeout', async () => {
      await using local = start(definition, { timeoutSeconds: 2, environment: { WORKERS: '1' } });
      const result = await local.invoke(sqsEvent(messages([], { wait: 5000 }, [], { fail: true })));
      expect(failedIds(result)).toEqual(['m2', 'm3', 'm4']);
      expect(readLog(result)).toMatch(/2 of 4 messages were not started, redelivered: m3, m4$/m);
    });
  });
});

describeFunctions((definition) => {
  describe('a message that spins', () => {
    it('fails alone; the pool is complete and warm at the next invocation', async () => {
      await using local = start(definition, { timeoutSeconds: 2 });
      const bodies = times(40, (index) => (index === 5 ? { spin: true } : []));
      const result = await local.invoke(sqsEvent(messages(...bodies)));
      expect(failedIds(result)).toEqual(['m6']);
      // On a machine that is busy the thread may not have ended when there is no more time.
      expect(readLog(result)).toMatch(/1 of 40 messages .*(interrupted|abandoned).*, redelivered: m6$/m);
      await using server = await HoldingServer.listen();
      // Only all threads together have 100 messages in flight.
      const fetches = times(100, (index) => ({ fetch: server.url(`/${index}`) }));
      const next = local.invoke(sqsEvent(messages(...fetches)));
      await server.untilHeld(100);
      server.release();
      expect(failedIds(await next)).toEqual([]);
      expect(local.environmentsStarted).toBe(1);
    });

    it('leaves the threads that are left to the others', async () => {
      await using local = start(definition, { timeoutSeconds: 2, environment: { THREADS: '3' } });
      const spins = sqsEvent(messages({ spin: true }, [], { spin: true }, ...times(20, () => [])));
      expect(failedIds(await local.invoke(spins))).toEqual(['m1', 'm3']);
      expect(failedIds(await local.invoke(good))).toEqual([]);
    });

    it('in the only thread leaves the messages after it unfinished, and no others', async () => {
      await using local = start(definition, { timeoutSeconds: 2, environment: { THREADS: '1' } });
      expect(failedIds(await local.invoke(sqsEvent(messages([], { spin: true }, []))))).toEqual(['m2', 'm3']);
      expect(failedIds(await local.invoke(good))).toEqual([]);
      expect(local.environmentsStarted).toBe(1);
    });
  });

  describe('a message that exits', () => {
    it.each(['1', '2', '3'])('costs itself with THREADS=%s, and no environment', async (THREADS) => {
      await using local = start(definition, { environment: { THREADS } });
      const bodies = times(40, (index) => (index === 5 || index === 30 ? { exit: index } : []));
      const result = await local.invoke(sqsEvent(messages(...bodies)));
      expect(failedIds(result)).toEqual(['m6', 'm31']);
      expect(readLog(result)).toMatch(/2 of 40 messages were interrupted, redelivered: m6, m31$/m);
      expect(failedIds(await local.invoke(good))).toEqual([]);
      expect(local.environmentsStarted).toBe(1);
    });
  });
}, hasThreads);

describeFunctions(
  (definition) => {
    describe('a message that spins', () => {
      it('has Lambda time out, and the next invocation works in a new environment', async () => {
        await using local = start(definition, { timeoutSeconds: 1 });
        const result = await local.invoke(sqsEvent(messages([], { spin: true }, [])));
        expect(result.status).toBe('timeout');
        expect(errorOf(result).errorType).toBe('Sandbox.Timedout');
        expect(failedIds(await local.invoke(good))).toEqual([]);
        expect(local.environmentsStarted).toBe(2);
      });
    });

    describe('a message that exits', () => {
      it.each([
        [0, 'Runtime exited without providing a reason'],
        [7, 'Runtime exited with error: exit status 7'],
      ])(
        'with %d ends the environment, and the next invocation works in a new one',
        async (code, expected) => {
          await using local = start(definition);
          const { errorType, errorMessage } = errorOf(
            await local.invoke(sqsEvent(messages([], { exit: code }))),
          );
          expect(errorType).toBe('Runtime.ExitError');
          expect(errorMessage).toContain(expected);
          expect(failedIds(await local.invoke(good))).toEqual([]);
          expect(local.environmentsStarted).toBe(2);
        },
      );
    });
  },
  (definition) => !hasThreads(definition),
);
