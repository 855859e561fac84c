import type { InvocationResult } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { failedIds } from './failed-ids.ts';
import { messages } from './messages.ts';
import { shared } from './shared.ts';
import { sqsEvent } from './sqs-event.ts';
import { start } from './start.ts';

const batch = sqsEvent(messages({ fail: true }, [], { wait: -1 }, { fail: true }));
/** The metrics of a batch are a line too. */
const quiet = { environment: { METRICS: 'off' } };
const allSucceed = { simulate: { messages: 2000, body: { wait: 1 } } };

describeFunctions((definition) => {
  describe('the log as text', () => {
    const local = shared({ ...definition, logFormat: 'Text' }, quiet);

    it('logs the failed messages and the reasons, in a line with the request id', async () => {
      const result = await local().invoke(batch);
      expect(failedIds(result)).toEqual(['m1', 'm3', 'm4']);
      const entries = result.log.split('\n').filter((line) => line.includes('redelivered'));
      const start = new RegExp(`^[-0-9T:.]+Z\t${result.requestId}\tERROR\t`);
      for (const entry of entries) expect(entry).toMatch(start);
      expectReasons(entries);
    });

    it('has only the lines of Lambda where every message succeeded', async () => {
      const { log, requestId } = await local().invoke(allSucceed);
      expect(log.trimEnd().split('\n')).toEqual([
        `START RequestId: ${requestId} Version: $LATEST`,
        `END RequestId: ${requestId}`,
        expect.stringMatching(`^REPORT RequestId: ${requestId}\t`),
      ]);
    });
  });

  describe('the log as JSON', () => {
    const local = shared({ ...definition, logFormat: 'JSON', logLevel: 'INFO' }, quiet);

    it('logs the failed messages and the reasons, in an entry with the request id', async () => {
      const result = await local().invoke(batch);
      expect(failedIds(result)).toEqual(['m1', 'm3', 'm4']);
      const entries = entriesOf(result).filter(({ message }) => String(message).includes('redelivered'));
      for (const entry of entries) {
        expect(entry).toMatchObject({ level: 'ERROR', requestId: result.requestId });
        expect(entry).toHaveProperty('stackTrace');
      }
      expectReasons(entries.map(({ message }) => String(message)));
    });

    it('has what each thread said in the same format, with the id of the request, before the response', async () => {
      await using timed = start(
        { ...definition, logFormat: 'JSON', logLevel: 'INFO' },
        { environment: { METRICS: 'off', TIMELINE: 'on', THREADS: '2' } },
      );
      const result = await timed.invoke({ simulate: { messages: 20, body: { wait: 1 } } });
      const [first, ...rest] = entriesOf(result);
      expect(first).toMatchObject({ type: 'platform.start' });
      expect(rest.pop()).toMatchObject({ type: 'platform.report' });
      expect(rest).toHaveLength(20);
      for (const entry of rest) {
        expect(entry).toMatchObject({ level: 'INFO', requestId: result.requestId });
        expect(entry.message).toMatch(/^{"span":/);
      }
    });

    it('has only the records of Lambda where every message succeeded', async () => {
      const result = await local().invoke(allSucceed);
      expect(entriesOf(result)).toMatchObject(
        ['platform.start', 'platform.report'].map((type) => ({
          type,
          record: { requestId: result.requestId },
        })),
      );
    });
  });
});

/** Every entry is one line, and JSON. */
function entriesOf({ log }: InvocationResult): readonly Record<string, unknown>[] {
  return log
    .trimEnd()
    .split('\n')
    .map((entry) => JSON.parse(entry) as Record<string, unknown>);
}

function expectReasons(entries: readonly string[]): void {
  expect(entries).toHaveLength(2);
  expect(entries[0]).toMatch(/2 of 4 messages failed with .*: m1, m4/);
  expect(entries[1]).toMatch(/1 of 4 messages failed with .*InvalidStepError: Step 1 \(wait\).*not -1.*: m3/);
}
