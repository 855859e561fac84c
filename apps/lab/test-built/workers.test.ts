import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { errorOf } from './error-of.ts';
import { failedIds } from './failed-ids.ts';
import { hasThreads } from './has-threads.ts';
import { HoldingServer } from './holding-server.ts';
import { messages } from './messages.ts';
import { sqsEvent } from './sqs-event.ts';
import { start } from './start.ts';
import { times } from './times.ts';

describeFunctions((definition) => {
  describe('workers', () => {
    it.each([
      [1, { WORKERS: '1' }],
      [4, { WORKERS: '4' }],
      [100, {}],
    ])(
      'are %d with the environment %o, which limits the messages in flight',
      async (workers, environment) => {
        await using server = await HoldingServer.listen();
        await using local = start(definition, { environment });
        const count = workers + 12;
        const bodies = times(count, (index) => ({ fetch: server.url(`/${index}`) }));
        // While the last of them goes and comes so often, one too many would arrive.
        const pass = { fetch: server.url('/pass') };
        const [last, ...rest] = bodies.splice(workers - 1);
        const slow = [...times(25, () => pass), last];
        const invocation = local.invoke(sqsEvent(messages(...bodies, slow, ...rest)));
        await server.untilArrived(`/${workers - 1}`);
        await server.untilHeld(workers);
        expect(server.mostHeld).toBe(workers);
        for (let left = count; left > 0; left--) {
          await server.untilHeld(Math.min(workers, left));
          server.release(1);
        }
        expect(failedIds(await invocation)).toEqual([]);
        expect(server.mostHeld).toBe(workers);
      },
    );

    it('are found by the function with WORKERS=adaptive: it starts with 22 messages in flight', async () => {
      await using server = await HoldingServer.listen();
      await using local = start(definition, { environment: { WORKERS: 'adaptive', THREADS: '1' } });
      const bodies = times(40, (index) => ({
        fetch: server.url(index < 22 ? `/${index}` : `/pass-${index}`),
      }));
      const invocation = local.invoke(sqsEvent(messages(...bodies)));
      await server.untilHeld(22);
      expect(server.arrived).toHaveLength(22);
      server.release();
      expect(failedIds(await invocation)).toEqual([]);
    });

    it.each(['abc', '0', '-1', '1.5', '10001', ' 4'])(
      'are not "%s": the function does not start',
      async (WORKERS) => {
        await using local = start(definition, { environment: { WORKERS } });
        const { errorType, errorMessage } = errorOf(await local.invoke({ Records: [] }));
        expect(errorType).toBe('InvalidOptionError');
        expect(errorMessage).toContain('variable WORKERS must be a whole number from 1 to 10000, not ');
        expect(errorMessage).toContain(WORKERS);
      },
    );
  });
});

describeFunctions((definition) => {
  describe('threads', () => {
    it.each(['1', '3'])('are THREADS=%s, and process a batch', async (THREADS) => {
      await using local = start(definition, { environment: { THREADS } });
      const bodies = times(30, (index) => (index % 10 === 3 ? { fail: true } : [{ wait: 1 }, { hash: 4 }]));
      expect(failedIds(await local.invoke(sqsEvent(messages(...bodies))))).toEqual(['m4', 'm14', 'm24']);
      expect(local.environmentsStarted).toBe(1);
    });

    it('are not THREADS=abc: the function does not start', async () => {
      await using local = start(definition, { environment: { THREADS: 'abc' } });
      const { errorType, errorMessage } = errorOf(await local.invoke({ Records: [] }));
      expect(errorType).toBe('InvalidOptionError');
      expect(errorMessage).toContain("THREADS must be a whole number from 1 to 64, not 'abc'");
    });
  });
}, hasThreads);
