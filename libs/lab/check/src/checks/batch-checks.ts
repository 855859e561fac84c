import type { Check } from './check.ts';
import { reports, responseText } from './response.ts';
import { batchOf } from './test-batches.ts';
import { invokeOnce, tryMessages } from './trial.ts';

/** Checks of the function's concurrency and of its response to failures. */
export const failureChecks: readonly Check[] = [
  {
    section: 'batch',
    name: 'processes a batch in parallel',
    means: 'Messages wait for each other, so a batch takes the sum of their waits.',
    run: async (subject) => {
      const { peak, ...trial } = await tryMessages(subject, batchOf(10));
      return {
        passed: reports(trial, []) && peak > 1,
        seen: `${peak} of 10 in flight; ${responseText(trial)}`,
      };
    },
  },
  {
    section: 'batch',
    name: 'limits the messages in flight',
    means:
      'A large batch makes as many calls as it has messages. That exhausts sockets, memory or the service behind.',
    run: async (subject) => {
      // On a busy machine a function may pause between its calls, which must not look like a limit.
      const options = { firstQuietMs: 1500, timeoutSeconds: 10 };
      const { peak, ...trial } = await tryMessages(subject, batchOf(subject.messages), options);
      const seen = `at most ${peak} of ${subject.messages} in flight; ${responseText(trial)}`;
      const passed = peak < subject.messages;
      // Stopped half-way, the function may only not have reached more.
      return { passed: passed && trial.result.status !== 'success' ? null : passed, seen };
    },
  },
  {
    section: 'batch',
    name: 'reports exactly the failed messages',
    means: 'Messages that succeeded are redelivered, or messages that failed are deleted.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '3': 'fail', '7': 'fail' }));
      return { passed: reports(trial, ['3', '7']), seen: `3 and 7 failed; ${responseText(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'reports all messages, or fails, if all fail',
    means: 'Messages that failed are deleted: they are lost.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(3, { '0': 'fail', '1': 'fail', '2': 'fail' }));
      const failed = trial.result.status === 'error';
      return { passed: failed || reports(trial, ['0', '1', '2']), seen: responseText(trial) };
    },
  },
  {
    section: 'batch',
    name: 'reports a message whose body it cannot read',
    means: 'One invalid body makes the whole batch return again and again, or is deleted unseen.',
    run: async (subject) => {
      const trial = await tryMessages(subject, [...batchOf(3), { id: 'unreadable', body: 'not JSON' }]);
      return { passed: reports(trial, ['unreadable']), seen: responseText(trial) };
    },
  },
  {
    section: 'batch',
    name: 'leaves no work running after its response',
    means: 'Work in flight is frozen, and continues in the next invocation or never.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '0': 'fail at once' }));
      const seen = `0 failed at once, ${trial.openAtResponse} in flight at the response; ${responseText(trial)}`;
      return { passed: trial.openAtResponse === 0, seen };
    },
  },
  {
    section: 'batch',
    name: 'fails only the message that hangs, not the batch',
    means: 'One message that hangs makes the whole batch time out, and all of it is redelivered.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(10, { '4': 'never' }));
      return { passed: reports(trial, ['4']), seen: `4 hung; ${responseText(trial)}` };
    },
  },
];

/** Checks with unusual events: none, empty, duplicate, small and large. */
export const eventChecks: readonly Check[] = [
  {
    section: 'batch',
    name: 'rejects an event that is not a batch',
    means: 'A wrong trigger goes unnoticed.',
    run: async (subject) => {
      const { status } = await invokeOnce(subject, { detail: 'not a batch' });
      return {
        passed: status === 'error',
        seen: status === 'success' ? 'the function responded' : `the invocation ended with ${status}`,
      };
    },
  },
  {
    section: 'batch',
    name: 'accepts a batch without messages',
    means: 'An empty batch counts as a failure.',
    run: async (subject) => {
      const trial = await tryMessages(subject, []);
      return { passed: reports(trial, []), seen: responseText(trial) };
    },
  },
  {
    section: 'batch',
    name: 'reports a duplicate message that failed',
    means:
      'SQS may deliver a message twice in a batch. It is deleted although it failed, or takes others with it.',
    run: async (subject) => {
      const trial = await tryMessages(subject, [...batchOf(3, { '1': 'fail' }), { id: '1', answer: 'fail' }]);
      const reported = trial.reported && [...new Set(trial.reported)];
      return {
        passed: reports({ reported }, ['1']),
        seen: `1 was there twice and failed; ${responseText(trial)}`,
      };
    },
  },
  {
    section: 'batch',
    name: 'processes a batch of one message',
    means: 'A quiet queue delivers one message at a time.',
    run: async (subject) => {
      const trial = await tryMessages(subject, batchOf(1));
      return { passed: reports(trial, []), seen: responseText(trial) };
    },
  },
  {
    section: 'batch',
    name: 'processes a batch of 1,000 messages',
    means: 'The batch size cannot be raised, although the messages are small and fast.',
    run: async (subject) => {
      const messages = batchOf(1000, { '500': 'fail at once' }, 'succeed at once');
      // A busy machine may need longer than the function's own timeout.
      const trial = await tryMessages(subject, messages, { timeoutSeconds: 60 });
      return { passed: reports(trial, ['500']), seen: `500 failed; ${responseText(trial)}` };
    },
  },
  {
    section: 'batch',
    name: 'processes a batch of almost 6 MB',
    means: 'Ten large messages are too much: Lambda passes up to 6 MB at once.',
    run: async (subject) => {
      const large = batchOf(10).map((message) => ({ ...message, padding: 570_000 }));
      const trial = await tryMessages(subject, large);
      return { passed: reports(trial, []), seen: responseText(trial) };
    },
  },
];
