import { LocalFunction } from '@parallel-lambda/local-lambda';
import { expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { failedIds } from './failed-ids.ts';
import { messages } from './messages.ts';
import { runtimeUnderTest } from './runtime-under-test.ts';
import { sqsEvent } from './sqs-event.ts';
import { times } from './times.ts';

describeFunctions((definition) => {
  it('leaves nothing running, for any kind of message', async () => {
    const overrides = { memoryMb: 3538 };
    await using local = new LocalFunction(definition, {
      ...runtimeUnderTest.options,
      strict: true,
      overrides,
    });
    const steps = [[], { wait: 5 }, { hash: 4 }, { scrypt: 4 }, { fail: true }, [{ wait: 1 }, { hash: 4 }]];
    for (let n = 0; n < 3; n += 1) {
      const result = await local.invoke(
        sqsEvent(messages(...times(30, (index) => steps[index % steps.length]))),
      );
      expect(failedIds(result)).toHaveLength(5);
      expect(result.leaks).toEqual([]);
    }
  });
});
