import type { FunctionDefinition, LocalFunction } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { errorOf } from './error-of.ts';
import { failedIds } from './failed-ids.ts';
import { hasThreads } from './has-threads.ts';
import { HoldingServer } from './holding-server.ts';
import { messages } from './messages.ts';
import { namedAgain } from './named-again.ts';
import { readLog } from './read-log.ts';
import { runtimeUnderTest } from './runtime-under-test.ts';
import { sourcesUnderTest } from './sources-under-test.ts';
import { sqsEvent } from './sqs-event.ts';
import { start } from './start.ts';
import { times } from './times.ts';

interface Settings {
  /** Threads of the runtime: each processes several invocations at a time. */
  readonly runtimeThreads?: number;
  readonly timeoutSeconds?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a function as on Lambda Managed Instances: one process works on eight invocations at a time. */
function startManaged(definition: FunctionDefinition, settings: Settings = {}): LocalFunction {
  const { runtimeThreads = 1, timeoutSeconds = 20 } = settings;
  const environment = { AWS_LAMBDA_NODEJS_WORKER_COUNT: `${runtimeThreads}`, ...settings.environment };
  return start(definition, { timeoutSeconds, environment }, 8);
}

// Our own client works on one invocation at a time.
describe.skipIf(runtimeUnderTest.options.runtime !== 'aws')('several batches in one process', () => {
  describeFunctions((definition) => {
    it('of every source, with messages of the same names, are answered and logged each for itself', async () => {
      await using server = await HoldingServer.listen();
      // One worker per held message, as all batches share them, and fewer than a batch has messages.
      await using local = startManaged(definition, {
        environment: { WORKERS: String(sourcesUnderTest.length) },
      });
      const batches = sourcesUnderTest.map((source, failing) => {
        const sent = sourcesUnderTest.map((_, index) => ({
          name: `m${index}`,
          lane: `lane ${index}`,
          // The error names its batch.
          body: [{ fetch: server.url(`/pass/${index}`) }, { wait: index === failing ? -1 - failing : 1 }],
        }));
        const held = { name: 'held', lane: 'held', body: { fetch: server.url(`/${failing}`) } };
        return { source, failing, sent: [held, ...sent] };
      });
      const invocations = batches.map(({ source, sent }) => local.invoke(source.eventOf(sent)));
      // A batch waits for threads that process another one. Without threads all are in flight.
      const atOnce = hasThreads(definition) ? 1 : batches.length;
      for (let left = batches.length; left > 0; left -= atOnce) {
        await server.untilHeld(atOnce);
        server.release();
      }
      for (const [index, { source, failing, sent }] of batches.entries()) {
        const result = await (invocations[index] ?? Promise.reject(new Error('It was not invoked')));
        const log = readLog(result);
        expect(namedAgain(source, sent, result), source.title).toEqual([`m${failing}`]);
        expect([...new Set(log.match(/ not -\d/g))]).toEqual([` not -${failing + 1}`]);
      }
      expect(local.environmentsStarted).toBe(1);
    });

    it('are not affected by one that reaches its deadline', async () => {
      await using server = await HoldingServer.listen();
      await using local = startManaged(definition, { timeoutSeconds: 3, environment: { THREADS: '2' } });
      const endless = hasThreads(definition) ? { spin: true } : { hang: true };
      const soon = [{ wait: 1500 }, { fetch: server.url('/pass/soon') }];
      const abandoned = local.invoke(sqsEvent(messages(endless, soon)));
      // So the deadline of the other is later by as much.
      await server.untilArrived('/pass/soon');
      const other = local.invoke(sqsEvent(messages({ fetch: server.url('/other') })));
      await server.untilArrived('/other');
      expect(failedIds(await abandoned)).toEqual(['m1']);
      server.release();
      expect(failedIds(await other)).toEqual([]);
      expect(local.environmentsStarted).toBe(1);
    });

    it('are answered each for itself on several threads of the runtime', async () => {
      await using local = startManaged(definition, { runtimeThreads: 2 });
      const invocations = times(12, (batch) =>
        local.invoke(
          sqsEvent(messages(...times(30, (index) => (index === batch ? { fail: true } : { hash: 4 })))),
        ),
      );
      for (const [batch, result] of (await Promise.all(invocations)).entries()) {
        expect(failedIds(result)).toEqual([`m${batch + 1}`]);
      }
      expect(local.environmentsStarted).toBe(1);
    });
  });

  describeFunctions((definition) => {
    it('are unaffected when a thread exits because of one of them', async () => {
      await using server = await HoldingServer.listen();
      await using local = startManaged(definition, { environment: { THREADS: '2' } });
      const fetch = (path: string) => ({ fetch: server.url(path) });
      const exiting = local.invoke(sqsEvent(messages([fetch('/exiting'), { exit: 3 }])));
      await server.untilArrived('/exiting');
      const inFlight = local.invoke(sqsEvent(messages(fetch('/in-work'))));
      await server.untilArrived('/in-work');
      const waiting = times(3, () => local.invoke(sqsEvent(messages(...times(20, () => ({ hash: 4 }))))));
      server.release('/exiting');
      expect(failedIds(await exiting)).toEqual(['m1']);
      server.release();
      for (const other of [inFlight, ...waiting]) expect(failedIds(await other)).toEqual([]);
      expect(local.environmentsStarted).toBe(1);
    });
  }, hasThreads);

  describeFunctions(
    (definition) => {
      it('are all redelivered when a message of one exits, because they share the process', async () => {
        await using server = await HoldingServer.listen();
        await using local = startManaged(definition);
        const held = local.invoke(sqsEvent(messages({ fetch: server.url('/held') })));
        await server.untilArrived('/held');
        const exiting = local.invoke(sqsEvent(messages({ exit: 3 })));
        for (const invocation of [held, exiting]) {
          expect(errorOf(await invocation).errorType).toBe('Runtime.ExitError');
        }
        expect(failedIds(await local.invoke(sqsEvent(messages([]))))).toEqual([]);
      });
    },
    (definition) => !hasThreads(definition),
  );
});
