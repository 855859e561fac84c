import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  LocalFunction,
  type FunctionDefinition,
  type InvocationResult,
  type LogSource,
} from '../src/index.ts';
import { definition } from './definition.ts';
import { logGate } from './log-gate.ts';
import { runtimes } from './runtimes.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe.for(runtimes)('the log of a function on $name', ({ options, skip }) => {
  const logging = (name: string, changes?: Partial<FunctionDefinition>): LocalFunction =>
    new LocalFunction(definition('handlers', `logging.${name}`, changes), options);
  const asJson = { logFormat: 'JSON', logLevel: 'INFO' } as const;

  describe.skipIf(skip)('as text', () => {
    it('has time, request id, level and message, each a field', async () => {
      await using levels = logging('levels');
      const result = await levels.invoke({});
      const lines = own(result).map((line) => line.split('\t'));
      expect(lines.map(([, id]) => id)).toEqual(Array<string>(6).fill(result.requestId));
      expect(lines.map(([time]) => new Date(time ?? '').toISOString())).toEqual(lines.map(([time]) => time));
      expect(lines.map(([, , ...rest]) => rest)).toEqual([
        ['TRACE', 'at trace'],
        ['DEBUG', 'at debug'],
        ['INFO', 'at info'],
        ['INFO', 'at log, with a value and { nested: { object: true } }'],
        ['WARN', 'at warn'],
        ['ERROR', 'at error'],
      ]);
    });

    it('is framed by START, END and REPORT', async () => {
      await using levels = logging('levels');
      const { requestId, log } = await levels.invoke({});
      const lines = log.split('\n');
      expect(lines[0]).toBe(`START RequestId: ${requestId} Version: $LATEST`);
      expect(lines.at(-3)).toBe(`END RequestId: ${requestId}`);
      const fields = [
        `REPORT RequestId: ${requestId}`,
        String.raw`Duration: \d+\.\d\d ms`,
        String.raw`Billed Duration: \d+ ms`,
        'Memory Size: 256 MB',
        String.raw`Max Memory Used: \d+ MB`,
      ];
      expect(lines.at(-2)).toMatch(new RegExp(`^${fields.join('\t')}\tInit Duration: \\d+\\.\\d\\d ms$`));
      const warm = await levels.invoke({});
      expect(warm.log.split('\n').at(-2)).toMatch(new RegExp(`^REPORT RequestId: ${warm.requestId}\t[^I]*$`));
    });

    it('is passed on unchanged', async () => {
      await using levels = logging('levels');
      const entries: [string, LogSource][] = [];
      const { log, requestId } = await levels.invoke({}, { onLog: (...entry) => entries.push(entry) });
      expect(entries.map(([entry]) => `${entry}\n`).join('')).toBe(log);
      expect(new Set(entries.map(([, source]) => source.requestId))).toEqual(new Set([requestId]));
      const ofPlatform = entries.filter(([, { platform }]) => platform);
      expect(ofPlatform.map(([entry]) => entry.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
    });
  });

  describe.skipIf(skip)('as JSON', () => {
    it('is an object an entry, from the level on that the function names', async () => {
      await using levels = logging('levels', { logFormat: 'JSON', logLevel: 'WARN' });
      const result = await levels.invoke({});
      expect(own(result).map((entry) => JSON.parse(entry) as unknown)).toEqual([
        { timestamp: anyTime, level: 'WARN', requestId: result.requestId, message: 'at warn' },
        { timestamp: anyTime, level: 'ERROR', requestId: result.requestId, message: 'at error' },
      ]);
    });

    it('describes the error of an entry', async () => {
      await using logsError = logging('logsError', asJson);
      const described = {
        errorType: 'TypeError',
        stackTrace: expect.arrayContaining([expect.stringContaining('logging.mjs')]) as unknown,
      };
      expect(own(await logsError.invoke({})).map((entry) => JSON.parse(entry) as unknown)).toMatchObject([
        {
          ...described,
          message: expect.stringContaining('it failed: TypeError') as unknown,
          errorMessage: 'no such thing',
        },
        { message: { ...described, errorMessage: 'alone' } },
      ]);
    });

    it('is framed by records of the platform', async () => {
      await using levels = logging('levels', asJson);
      const { requestId, log, report } = await levels.invoke({});
      const entries = log.trimEnd().split('\n');
      expect(JSON.parse(entries[0] ?? '')).toEqual({
        time: anyTime,
        type: 'platform.start',
        record: { requestId, version: '$LATEST' },
      });
      const { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs = 0 } = report;
      expect(JSON.parse(entries.at(-1) ?? '')).toEqual({
        time: anyTime,
        type: 'platform.report',
        record: {
          requestId,
          metrics: {
            durationMs: expect.closeTo(durationMs, 1) as unknown,
            billedDurationMs,
            memorySizeMB: 256,
            maxMemoryUsedMB: maxMemoryUsedMb,
            initDurationMs: expect.closeTo(initDurationMs, 1) as unknown,
          },
          status: 'success',
        },
      });
    });

    it.for([
      ['throws', { status: 'error', errorType: 'TypeError' }],
      ['exits', { status: 'error', errorType: 'Runtime.ExitError' }],
    ] as const)('has two records of the end of a function that %s', async ([name, how]) => {
      await using failing = logging(name, asJson);
      const { log, requestId } = await failing.invoke({});
      const records = log
        .trimEnd()
        .split('\n')
        .slice(-2)
        .map((entry) => JSON.parse(entry) as unknown);
      expect(records).toMatchObject([
        { type: 'platform.runtimeDone', record: { requestId, ...how } },
        { type: 'platform.report', record: { requestId, ...how } },
      ]);
    });

    it('has the duration of a failed INIT', async () => {
      await using failing = new LocalFunction(definition('loading/throws', 'index.handler', asJson), options);
      const { log } = await failing.invoke({});
      expect(JSON.parse(log.split('\n').find((entry) => entry.includes('initReport')) ?? '')).toMatchObject({
        type: 'platform.initReport',
        record: { phase: 'init', status: 'error', metrics: { durationMs: expect.any(Number) as unknown } },
      });
    });

    it('keeps an object unchanged, and one that JSON cannot express as text', async () => {
      await using logsObject = logging('logsObject', asJson);
      expect(own(await logsObject.invoke({})).map((entry) => JSON.parse(entry) as unknown)).toMatchObject([
        { message: { a: 1 } },
        { message: expect.stringContaining("in: 'a'") as unknown },
      ]);
    });
  });

  describe.skipIf(skip)('belongs to its invocation', () => {
    it('whatever it was written to', async () => {
      await using streams = logging('streams');
      for (const mark of ['first', 'second', 'third']) {
        const result = await streams.invoke({ mark });
        // Between the streams there is no order.
        expect(
          own(result)
            .map((line) => line.replace(/^.*\t/, ''))
            .sort(),
        ).toEqual([
          `lines ${mark}`,
          `to descriptor 1 ${mark}`,
          `to stderr ${mark}`,
          `to stdout ${mark}`,
          'two',
          `without end ${mark}`,
        ]);
      }
    });

    it('when it is more than a pipe holds', async () => {
      await using much = logging('much');
      for (let n = 0; n < 2; n += 1) {
        const lines = own(await much.invoke({ lines: 3000, through: 'console' }));
        expect(lines).toHaveLength(3000);
        expect(lines.at(-1)).toMatch(/\t3000 x+$/);
      }
    });

    it('when the process ends right after it', async () => {
      await using muchThenExits = logging('muchThenExits');
      const result = await muchThenExits.invoke({ lines: 1000 });
      expect(result).toMatchObject({ error: { errorType: 'Runtime.ExitError' } });
      expect(own(result).filter((line) => /\t\d+ x+$/.test(line))).toHaveLength(1000);
    });

    it('unless it is written after the response: then it is part of the next', async () => {
      await using afterwards = logging('afterwards');
      const first = await afterwards.invoke({ mark: 1 });
      const second = await afterwards.invoke({ mark: 2 });
      expect(own(first).map((line) => line.split('\t').slice(2))).toEqual([['INFO', 'now 1']]);
      expect(own(second).map((line) => line.split('\t').slice(2))).toEqual([
        ['INFO', 'still 1'],
        ['INFO', 'now 2'],
      ]);
    });
  });

  it.skipIf(skip)('fills no memory when it has no end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await using endless = logging('endless');
    let length = 0;
    const { onLog, reached } = logGate();
    const invocation = endless.invoke(
      {},
      {
        onLog: (entry) => {
          length += entry.length;
          if (length > 16 * 1024 * 1024) onLog('enough');
        },
      },
    );
    await reached('enough');
    await vi.advanceTimersByTimeAsync(20_000);
    const { status, log } = await invocation;
    expect(status).toBe('timeout');
    expect(log.length).toBeLessThan(4 * 1024 * 1024 + 2000);
    expect(log).toMatch(
      /\n\[\d+ log entries were dropped: the log is too long\]\n.*Task timed out.*\nEND .*\nREPORT .*\n$/,
    );
  });
});

describe('the output streams of a function on our own runtime client', () => {
  it.for(['stdout', 'stderr'])('are emptied before the response: %s', async (through) => {
    await using much = new LocalFunction(definition('handlers', 'logging.much'));
    for (let n = 0; n < 2; n += 1) {
      expect(own(await much.invoke({ lines: 3000, through }))).toHaveLength(3000);
    }
  });
});

const anyTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown;

/** The lines that are not Lambda's. */
function own({ log }: InvocationResult): string[] {
  return log.split('\n').filter((line) => !/^(START|END|REPORT) |"type":"platform\.|^$/.test(line));
}
