import { expect, it } from 'vitest';

import { describeFunctions } from '../describe-functions.ts';
import { parkingAssembly } from './parking-assembly.ts';
import { ServedStack } from './served-stack.ts';

/** On a busy machine too. */
const patiently = { timeout: 20_000 };
const text = (body: unknown) => ({ MessageBody: JSON.stringify(body) });

describeFunctions(({ name }) => {
  it('parks messages that throw GiveUp, delays those that throw RetryLater, and deletes the rest', async () => {
    await using assembly = await parkingAssembly();
    await using stack = await ServedStack.start({ assembly: assembly.folder, visibilityTimeout: 60 });
    await stack.send(name, [
      text({ giveUp: 'no such customer' }),
      text({ retryLater: 1 }),
      text({ wait: 1 }),
    ]);
    const parked = await stack.parkedMessage(name);
    expect(parked?.Body).toBe('{"giveUp":"no such customer"}');
    expect(parked?.MessageAttributes).toMatchObject({
      ParkedReason: { StringValue: 'no such customer' },
      ParkedReceiveCount: { StringValue: '1' },
    });
    // Without the delay of a second it would be redelivered after a minute.
    await expect
      .poll(() => stack.counts(name), patiently)
      .toEqual({ waiting: 0, inFlight: 0, deadLetters: 0, parked: 1 });
  });
});
