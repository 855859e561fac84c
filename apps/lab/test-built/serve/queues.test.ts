import type { BatchCount, ServedInvocation } from '@parallel-lambda/local-stack/server';
import { describe, expect, it } from 'vitest';

import { describeFunctions } from '../describe-functions.ts';
import { HoldingServer } from '../holding-server.ts';
import { runtimeUnderTest } from '../runtime-under-test.ts';
import { answeringAssembly } from './answering-assembly.ts';
import { fifoAssembly } from './fifo-assembly.ts';
import { ServedStack } from './served-stack.ts';

/** Milliseconds, long enough for a busy machine. */
const patiently = { timeout: 20_000 };
const text = (body: unknown) => ({ MessageBody: JSON.stringify(body) });

/** Sums over the batches of all invocations. */
function totalOf(invocations: readonly ServedInvocation[]): BatchCount {
  const total = { messages: 0, failed: 0 };
  for (const { batch } of invocations) {
    total.messages += batch?.messages ?? 0;
    total.failed += batch?.failed ?? 0;
  }
  return total;
}

describeFunctions(({ name }) => {
  it('redelivers the failed messages of a batch, which become dead letters', async () => {
    await using stack = await ServedStack.start({ receives: 3 });
    await stack.send(name, [text({ wait: 1 }), text({ fail: true }), text({ fail: 2 })]);
    const letter = await stack.deadLetter(name);
    expect(letter?.Body).toBe('{"fail":true}');
    // The good one once, the others three times each; that they come together is not promised.
    await expect.poll(() => totalOf(stack.invocations), patiently).toEqual({ messages: 7, failed: 5 });
  });
});

// Our own client works on one invocation at a time.
describe.skipIf(runtimeUnderTest.options.runtime !== 'aws')('on Managed Instances', () => {
  describeFunctions(({ name }) => {
    it('works on several batches at a time in one environment, each answered for itself', async () => {
      await using server = await HoldingServer.listen();
      await using stack = await ServedStack.start({
        concurrency: 1,
        perEnvironment: 8,
        visibilityTimeout: 60,
      });
      const served = stack.server.functions.get(name);
      const oneWorker = { AWS_LAMBDA_NODEJS_WORKER_COUNT: '1', THREADS: '2' };
      served?.configure({ environment: { ...served.definition.environment, ...oneWorker } });
      for (const [path, ...after] of [['/good'], ['/bad', { fail: true }]] as const) {
        await stack.send(name, [text([{ fetch: server.url(path) }, ...after])]);
        await server.untilArrived(path);
      }
      expect(server.mostHeld).toBe(2);
      expect(served?.environments).toHaveLength(1);
      server.release();
      await expect
        .poll(() => stack.invocations.map(({ batch }) => batch?.failed).toSorted(), patiently)
        .toEqual([0, 1]);
    });
  });
});

describe.skipIf(!runtimeUnderTest.installed)('the queue of a served function', () => {
  it('keeps the messages of an invocation that crashed, and of one that timed out', async () => {
    await using server = await HoldingServer.listen();
    await using stack = await ServedStack.start({ receives: 2, visibilityTimeout: 2 });
    stack.server.functions.get('promises')?.configure({ timeoutSeconds: 1 });
    await stack.send('promises', [text([{ fetch: server.url('/pass/exits') }, { exit: 1 }])]);
    await expect(stack.deadLetter('promises')).resolves.toBeDefined();
    await stack.send('promises', [text([{ fetch: server.url('/pass/spins') }, { spin: true }])]);
    await expect(stack.deadLetter('promises')).resolves.toBeDefined();
    expect(server.arrived).toEqual(['/pass/exits', '/pass/exits', '/pass/spins', '/pass/spins']);
    expect(stack.invocations.map(({ result }) => result.status)).toEqual([
      'error',
      'error',
      'timeout',
      'timeout',
    ]);
  });

  it.each([
    ['{ batchItemFailures: [{ itemIdentifier: "" }] }', 2],
    ['{ batchItemFailures: [{ itemIdentifier: null }] }', 2],
    ['{ batchItemFailures: [{ id: "m1" }] }', 2],
    ['{ batchItemFailures: [{ itemIdentifier: "of another batch" }] }', 2],
    ['{ batchItemFailures: null }', 0],
    ['{ failures: [{ itemIdentifier: "m1" }] }', 0],
    ['undefined', 0],
  ])('reads the response %s as Lambda does: %i of two messages are redelivered', async (response, failed) => {
    await using assembly = await answeringAssembly(response);
    await using stack = await ServedStack.start({ assembly: assembly.folder, visibilityTimeout: 30 });
    await stack.send('promises', [text(1), text(2)]);
    await expect
      .poll(() => stack.invocations.map(({ batch }) => batch), patiently)
      .toEqual([{ messages: 2, failed }]);
  });

  it('waits while its function is throttled, and counts no receive for that', async () => {
    await using server = await HoldingServer.listen();
    await using stack = await ServedStack.start({ concurrency: 1, visibilityTimeout: 30 });
    await stack.send('promises', [text({ fetch: server.url('/first') })]);
    await server.untilHeld(1);
    await stack.send('promises', [text({ fetch: server.url('/second') })]);
    const throttles = stack.server.functions.get('promises')?.metrics;
    while (throttles?.read('Throttles', 0, Date.now() + 60_000, 60_000).size === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.arrived).toEqual(['/first']);
    server.release();
    await server.untilArrived('/second');
    server.release();
    await expect
      .poll(() => stack.invocations.map(({ batch }) => batch))
      .toEqual([
        { messages: 1, failed: 0 },
        { messages: 1, failed: 0 },
      ]);
  });

  it('that is FIFO keeps the order of each group, also past a failure', async () => {
    await using server = await HoldingServer.listen();
    await using assembly = await fifoAssembly();
    await using stack = await ServedStack.start({ assembly: assembly.folder });
    const steps = [{ fail: 1 }, { wait: 1 }, { wait: 1 }];
    const entries = ['a', 'b'].flatMap((group) =>
      steps.map((step, index) => ({
        ...text([step, { fetch: server.url(`/pass/${group}${index}`) }]),
        MessageGroupId: group,
        MessageDeduplicationId: `${group}${index}`,
      })),
    );
    await stack.send('promises', entries);
    await Promise.all([server.untilArrived('/pass/a2'), server.untilArrived('/pass/b2')]);
    const of = (group: string) => server.arrived.filter((path) => path.startsWith(`/pass/${group}`));
    expect(of('a')).toEqual(['/pass/a0', '/pass/a1', '/pass/a2']);
    expect(of('b')).toEqual(['/pass/b0', '/pass/b1', '/pass/b2']);
  });
});
