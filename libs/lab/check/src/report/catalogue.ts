import type { CheckId } from '../checks/check-ids.ts';

/** Severity of a finding: messages are lost or wrong, or they are processed needlessly or late. */
export type Severity = 'error' | 'warning';

/** Subject of a check. */
export interface CheckDescription {
  /** Continues "the function …". */
  readonly title: string;
  /** Title of a finding: a sentence without a full stop. */
  readonly fault: string;
  readonly severity: Severity;
  /** Cost in production if the function does not. */
  readonly cost: string;
  /** The shortest fix without a library. */
  readonly fix: string;
  /** The same with this project's library. */
  readonly withLibrary: string;
}

export const catalogue: Readonly<Record<CheckId, CheckDescription>> = {
  lost: {
    title: 'reports failed messages',
    fault: 'Failed messages are not reported',
    severity: 'error',
    cost: 'A failed message is deleted as if it had succeeded. It is lost silently.',
    fix: 'Do not swallow errors, check `response.ok` of `fetch`, and return failed messages in `batchItemFailures`.',
    withLibrary:
      'batchHandler(promiseWorkers({ work })): a message is reported unless its work has resolved.',
  },
  exact: {
    title: 'reports only failed messages',
    fault: 'Messages that succeeded are redelivered',
    severity: 'warning',
    cost: 'One failure redelivers messages that had succeeded. They are processed again, and may reach the dead-letter queue.',
    fix: 'Catch the error of each message, and return only the failed ones in `batchItemFailures`.',
    withLibrary: 'batchHandler(promiseWorkers({ work })) reports exactly the failed messages.',
  },
  response: {
    title: 'responds in the format of Lambda',
    fault: 'Lambda cannot use the response',
    severity: 'error',
    cost: 'Lambda treats an unknown identifier as a failure of the whole batch, and ignores an unknown key: failed messages are deleted.',
    fix: 'Return { batchItemFailures: [{ itemIdentifier }] } with the `messageId` (SQS) or the sequence number (streams).',
    withLibrary: 'batchHandler(promiseWorkers({ work })) builds and checks the response.',
  },
  limit: {
    title: 'limits the messages in flight',
    fault: 'The number of messages in flight has no limit',
    severity: 'warning',
    cost: 'A large batch makes as many calls as it has messages. That exhausts sockets, memory or the downstream service.',
    fix: 'Process the batch with a limit: `pMap(Records, work, { concurrency: 20 })`.',
    withLibrary: 'promiseWorkers({ work, workers: 20 })',
  },
  awaited: {
    title: 'finishes all work before it responds',
    fault: 'The function responds before its work is finished',
    severity: 'error',
    cost: 'Lambda freezes unfinished work after the response. It continues in a later invocation, or never.',
    fix: 'Await every promise. Use `Promise.allSettled` in place of `Promise.all`, which rejects at the first failure.',
    withLibrary: 'batchHandler(promiseWorkers({ work })) responds after all work has ended.',
  },
  leftovers: {
    title: 'leaves no timer or connection behind',
    fault: 'Each batch leaves a timer or connection open',
    severity: 'error',
    cost: 'Each batch leaves a timer or connection open. After hours, an environment runs out of memory or file descriptors.',
    fix: 'Clear the timer or close the connection in a `finally`, or create it once outside of the handler.',
    withLibrary: 'The library leaves none open. `work` must clear its timers and close its connections.',
  },
  apart: {
    title: 'keeps batches apart',
    fault: 'One batch affects the response to the next',
    severity: 'error',
    cost: 'Module state of one batch changes the response to the next batch: messages are redelivered or lost.',
    fix: 'Declare the list of failures inside of the handler.',
    withLibrary: 'batchHandler(promiseWorkers({ work })) keeps no state between batches.',
  },
  redelivered: {
    title: 'processes a redelivered message again',
    fault: 'Redelivered messages are skipped',
    severity: 'error',
    cost: 'A failed message is skipped when it is redelivered, and then deleted.',
    fix: 'Record a message as processed after its work, not before, and not in the memory of one environment.',
    withLibrary: 'The library records nothing. Use the idempotency utility of Powertools in `work`.',
  },
  hang: {
    title: 'responds before its timeout',
    fault: 'A call without an answer makes the batch time out, or loses messages',
    severity: 'warning',
    cost: 'One call without a response makes the batch time out: all messages are redelivered, and the environment is lost.',
    fix: 'Pass `AbortSignal.timeout(context.getRemainingTimeInMillis() - 500)` to every call.',
    withLibrary: 'promiseWorkers({ work }) stops before the timeout; pass its `signal` to every call.',
  },
  timeout: {
    title: 'recovers from a call that hangs',
    fault: 'The function does not recover from a call that hangs',
    severity: 'error',
    cost: 'Unfinished work of a batch continues in a later invocation, or its redelivery is not processed.',
    fix: 'Cancel each call by its `signal` before the timeout, and only then report its message as failed.',
    withLibrary: 'promiseWorkers({ work }) aborts its `signal` before the timeout: pass it to every call.',
  },
  crash: {
    title: 'recovers from a crash',
    fault: 'The function does not recover from a crash',
    severity: 'error',
    cost: 'A batch that is redelivered after a crash is skipped and deleted, or fails again and again.',
    fix: 'Mark a message as finished in /tmp only after its work, and give each lock an expiry.',
    withLibrary: 'The library writes no files. Use the idempotency utility of Powertools in `work`.',
  },
  unreadable: {
    title: 'fails only the invalid message',
    fault: 'An invalid message fails other messages',
    severity: 'warning',
    cost: 'One invalid message fails its whole batch until it reaches the dead-letter queue.',
    fix: 'Parse each message in the `try` block of that message.',
    withLibrary: 'promiseWorkers({ work: checked(schema, work) })',
  },
  order: {
    title: 'keeps the order of each group',
    fault: 'Messages of a group are processed out of order',
    severity: 'error',
    cost: 'Messages of a group are processed out of order, so later state can be overwritten by earlier state.',
    fix: 'Process the messages of a group sequentially, and groups in parallel: `Map.groupBy(Records, …)`.',
    withLibrary: 'promiseWorkers({ work }) keeps the order within groups and processes groups in parallel.',
  },
  'order-failure': {
    title: 'stops a group at its first failure',
    fault: 'A group continues after a failed message',
    severity: 'error',
    cost: 'Later messages of a group are processed before the failed one is redelivered.',
    fix: 'After a failure, skip the rest of the group and report it as failed too.',
    withLibrary: 'promiseWorkers({ work }) does not start the rest of a group, and reports it.',
  },
  memory: {
    title: 'does not leak memory',
    fault: 'Memory grows with every batch',
    severity: 'error',
    cost: 'The environment runs out of memory after many batches: a batch fails, and all its messages are redelivered.',
    fix: 'Do not keep messages in module scope, or use a cache with a maximum size.',
    withLibrary: 'The library keeps no messages. `work` must not either.',
  },
};
