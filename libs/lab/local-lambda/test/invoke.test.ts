import { afterEach, describe, expect, it, vi } from 'vitest';

import { LocalFunction, LabError, type FunctionDefinition } from '../src/index.ts';
import { definition } from './definition.ts';
import { logGate } from './log-gate.ts';
import { runtimes } from './runtimes.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe.for(runtimes)('a function on $name', ({ options, skip }) => {
  const handlers = (name: string, changes?: Partial<FunctionDefinition>): LocalFunction =>
    new LocalFunction(definition('handlers', `handlers.${name}`, changes), options);

  describe.skipIf(skip)('that responds', () => {
    it.for([[{ a: [1, 'two', null] }], ['text with \u{1f600} and "quotes"'], [null], [0], [[]], [{}]])(
      'gets %j as its event and responds with it',
      async ([event]) => {
        await using echo = handlers('echo');
        const { status, ...result } = await echo.invoke(event);
        expect(status).toBe('success');
        expect(result).toHaveProperty('payload', event);
      },
    );

    it('responds with null when it returns nothing', async () => {
      await using nothing = handlers('nothing');
      expect(await nothing.invoke({})).toMatchObject({ status: 'success', payload: null });
    });

    it('need not be async', async () => {
      await using notAsync = handlers('notAsync');
      expect(await notAsync.invoke(7)).toMatchObject({ status: 'success', payload: 7 });
    });

    it('keeps its module state from one invocation to the next', async () => {
      await using count = handlers('count');
      const payloads = [];
      for (let n = 0; n < 3; n += 1) payloads.push(await count.invoke({}));
      expect(payloads).toMatchObject([{ payload: 1 }, { payload: 2 }, { payload: 3 }]);
      expect(count.environmentsStarted).toBe(1);
    });

    it('works on invocations made at the same time one after another', async () => {
      await using count = handlers('count');
      const results = await Promise.all([count.invoke({}), count.invoke({}), count.invoke({})]);
      expect(results).toMatchObject([{ payload: 1 }, { payload: 2 }, { payload: 3 }]);
    });

    it('takes an event of 5 MB and gives a response of 5 MB', async () => {
      await using size = handlers('size');
      await using large = handlers('large');
      const length = 5 * 1024 * 1024;
      expect(await size.invoke({ text: 'ä'.repeat(length / 2) })).toMatchObject({
        payload: { length: length / 2 },
      });
      expect(await large.invoke({ length })).toMatchObject({ payload: 'x'.repeat(length) });
    });

    it('fails with a response of more than 6 MB, and continues', async () => {
      await using large = handlers('large');
      expect(await large.invoke({ length: 7_000_000 })).toMatchObject({
        status: 'error',
        error: {
          errorType: 'Function.ResponseSizeTooLarge',
          errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
        },
      });
      expect(await large.invoke({ length: 1 })).toMatchObject({ status: 'success', payload: 'x' });
    });
  });

  describe.skipIf(skip)('that throws', () => {
    it('fails with the name, the message and the stack of the error, and stays warm', async () => {
      await using throws = handlers('throws');
      const result = await throws.invoke({});
      expect(result).toMatchObject({
        status: 'error',
        functionError: 'Unhandled',
        error: { errorType: 'RangeError', errorMessage: 'out of bounds' },
      });
      expect(result.status === 'error' && result.error.trace?.slice(0, 2)).toEqual([
        'RangeError: out of bounds',
        expect.stringMatching(/^ {4}at .*handlers\.mjs:\d+:\d+/),
      ]);
      expect(result.log).toMatch(/\tERROR\tInvoke Error \t{"errorType":"RangeError"/);
      await throws.invoke({});
      expect(throws.environmentsStarted).toBe(1);
    });

    it.for([
      ['throwsItsOwn', { errorType: 'CustomError', errorMessage: 'a custom message' }],
      ['throwsBefore', { errorType: 'Error', errorMessage: 'not even a promise' }],
      ['throwsText', { errorType: 'string', errorMessage: 'a text', trace: [] }],
      ['throwsNothing', { errorType: 'undefined', errorMessage: 'undefined', trace: [] }],
      [
        'circular',
        { errorType: 'Runtime.JSONStringifyError', errorMessage: 'Unable to stringify response body' },
      ],
    ] as const)('fails with what was thrown: %s', async ([name, error]) => {
      await using throws = handlers(name);
      expect(await throws.invoke({})).toMatchObject({ status: 'error', error });
    });
  });

  describe.skipIf(skip)('whose process ends', () => {
    it.for([
      ['exits', { code: 1 }, 'Runtime exited with error: exit status 1'],
      ['exits', { code: 0 }, 'Runtime exited without providing a reason'],
      ['killed', { signal: 'SIGKILL' }, 'Runtime exited with error: signal: killed'],
      ['killed', { signal: 'SIGTERM' }, 'Runtime exited with error: signal: terminated'],
      ['rejectsUnhandled', {}, 'Runtime exited with error: exit status 1'],
      ['throwsUncaught', {}, 'Runtime exited with error: exit status 1'],
      ['stalls', {}, 'Runtime exited without providing a reason'],
    ] as const)('fails with Runtime.ExitError: %s %j', async ([name, event, reason]) => {
      await using ends = handlers(name);
      const result = await ends.invoke(event);
      const errorMessage = `RequestId: ${result.requestId} Error: ${reason}`;
      expect(result).toMatchObject({
        status: 'error',
        functionError: 'Unhandled',
        error: { errorType: 'Runtime.ExitError', errorMessage },
        report: { status: 'error', errorType: 'Runtime.ExitError' },
      });
      expect(result.log).toContain(`${errorMessage}\nRuntime.ExitError\nEND RequestId: ${result.requestId}`);
    });

    it('starts a new environment for the next invocation', async () => {
      await using exits = handlers('exits');
      expect(await exits.invoke({ code: 3 })).toHaveProperty('report.initDurationMs');
      expect(await exits.invoke({ code: 4 })).toMatchObject({
        error: { errorMessage: expect.stringContaining('exit status 4') as string },
      });
      expect(exits.environmentsStarted).toBe(2);
    });
  });

  describe.skipIf(skip)('that does not respond in time', () => {
    it('is killed, and the next invocation has a new environment', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      await using spins = handlers('spins', { timeoutSeconds: 3 });
      const first = await spins.invoke({ respond: true });
      const { onLog, reached } = logGate();
      const invocation = spins.invoke({}, { onLog });
      await reached('spinning');
      await vi.advanceTimersByTimeAsync(3000);

      const result = await invocation;
      const what = 'Task timed out after 3.00 seconds';
      expect(result).toMatchObject({
        status: 'timeout',
        functionError: 'Unhandled',
        error: {
          errorType: 'Sandbox.Timedout',
          errorMessage: `RequestId: ${result.requestId} Error: ${what}`,
        },
        report: { status: 'timeout' },
      });
      expect(result.log).toMatch(new RegExp(`spinning\\n\\S+ ${result.requestId} ${what}\\nEND RequestId`));
      expect(result.log).toMatch(/\tStatus: timeout\n$/);

      const second = await spins.invoke({ respond: true });
      expect(second).toMatchObject({
        status: 'success',
        report: { initDurationMs: expect.any(Number) as number },
      });
      expect(second).not.toHaveProperty('payload', first.status === 'success' && first.payload);
      expect(spins.environmentsStarted).toBe(2);
    });

    it('is killed by the clock of the machine too', async () => {
      await using spins = handlers('spins', { timeoutSeconds: 1 });
      expect(await spins.invoke({})).toMatchObject({
        status: 'timeout',
        report: { durationMs: 1000, status: 'timeout' },
      });
    });

    it('takes the processes that it started with it', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      await using leavesProcess = handlers('leavesProcess');
      const { onLog, reached } = logGate();
      const invocation = leavesProcess.invoke({}, { onLog });
      const pid = Number(/started (\d+)/.exec(await reached('started'))?.[1]);
      expect(() => process.kill(pid, 0)).not.toThrow();
      await vi.advanceTimersByTimeAsync(20_000);
      await invocation;
      vi.useRealTimers();
      // It is init's task to reap it, at its own time.
      await vi.waitUntil(() => hasEnded(pid), { timeout: 10_000 });
    });
  });
});

describe('an invocation that Lambda refuses', () => {
  it('has an event of more than 6 MB', async () => {
    await using echo = new LocalFunction(definition('handlers', 'handlers.echo'));
    const refused = echo.invoke('x'.repeat(6_291_455));
    await expect(refused).rejects.toThrow('The event has 6291457 bytes; Lambda takes no more than 6291456');
    await expect(refused).rejects.toMatchObject({ code: 'event-too-large' });
    expect(echo.environmentsStarted).toBe(0);
  });

  it.for([
    [{ memoryMb: 127 }, 'The memory size in MB must be a whole number from 128 to 10240, not 127'],
    [{ memoryMb: 10_241 }, 'not 10241'],
    [{ timeoutSeconds: 0 }, 'The timeout in seconds must be a whole number from 1 to 900, not 0'],
    [{ timeoutSeconds: 1.5 }, 'not 1.5'],
    [{ timeoutSeconds: Number.NaN }, 'not NaN'],
  ] as const)('is of a function with %j', ([overrides, message]) => {
    const start = (): LocalFunction =>
      new LocalFunction(definition('handlers', 'handlers.echo'), { overrides });
    expect(start).toThrow(LabError);
    expect(start).toThrow(message);
  });
});

describe('closing a function', () => {
  it('ends a running invocation, and refuses later ones', async () => {
    const spins = new LocalFunction(definition('handlers', 'handlers.spins'));
    const { onLog, reached } = logGate();
    const invocation = spins.invoke({}, { onLog });
    await reached('spinning');
    const waiting = spins.invoke({});
    const refused = expect(waiting).rejects.toMatchObject({ code: 'closed', message: 'fixture was closed' });
    await spins[Symbol.asyncDispose]();
    expect(await invocation).toMatchObject({ error: { errorType: 'Runtime.ExitError' } });
    await refused;
    await expect(spins.invoke({})).rejects.toMatchObject({ code: 'closed' });
    expect(spins.environmentsStarted).toBe(1);
  });

  it('can be disposed before it was ever invoked', async () => {
    const echo = new LocalFunction(definition('handlers', 'handlers.echo'));
    await expect(echo[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });
});

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
