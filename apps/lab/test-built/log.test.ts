import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { failedIds } from './failed-ids.ts';
import { messages } from './messages.ts';
import { shared } from './shared.ts';
import { sqsEvent } from './sqs-event.ts';

describeFunctions((definition) => {
  describe('the log', () => {
    const local = shared(definition);

    it('says what failed and why, in a line with the id of the request', async () => {
      const batch = sqsEvent(messages({ fail: true }, [], { wait: -1 }, { fail: true }));
      const result = await local().invoke(batch);
      expect(failedIds(result)).toEqual(['m1', 'm3', 'm4']);
      const entries = result.log.split('\n').filter((line) => line.includes('delivered again'));
      expect(entries).toHaveLength(2);
      const start = new RegExp(`^[-0-9T:.]+Z\t${result.requestId}\tERROR\t`);
      for (const entry of entries) expect(entry).toMatch(start);
      expect(entries[0]).toMatch(/2 of 4 messages failed with .*: m1, m4/);
      expect(entries[1]).toMatch(
        /1 of 4 messages failed with .*InvalidStepError: Step 1 \(wait\).*not -1.*: m3/,
      );
    });

    it('has only the lines of Lambda where every message succeeded', async () => {
      const { log, requestId } = await local().invoke({ simulate: { messages: 2000, body: { wait: 1 } } });
      expect(log.trimEnd().split('\n')).toEqual([
        `START RequestId: ${requestId} Version: $LATEST`,
        `END RequestId: ${requestId}`,
        expect.stringMatching(`^REPORT RequestId: ${requestId}\t`),
      ]);
    });
  });
});
