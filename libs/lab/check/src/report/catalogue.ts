import type { CheckId } from '../checks/check-ids.ts';

/** Severity of a finding: messages are lost or wrong, or they are processed needlessly or late. */
export type Severity = 'error' | 'warning';

/** Subject of a check. */
export interface CheckDescription {
  /** Continues "the function …". */
  readonly title: string;
  readonly severity: Severity;
  /** Cost in production if the function does not. */
  readonly cost: string;
  /** The shortest mend without a library. */
  readonly mend: string;
  /** The same with this project's library. */
  readonly withLibrary: string;
}

export const catalogue: Readonly<Record<CheckId, CheckDescription>> = {
  lost: {
    title: 'has failed messages redelivered',
    severity: 'error',
    cost: 'A message that failed is deleted as if it had succeeded. Nothing shows that it is lost.',
    mend: 'Let an error reject, check `response.ok` of `fetch`, and return the failed messages in `batchItemFailures`.',
    withLibrary:
      'batchHandler(promiseWorkers({ work })): a message is reported unless its work has resolved.',
  },
  exact: {
    title: 'has only failed messages redelivered',
    severity: 'warning',
    cost: 'One failure redelivers messages that had succeeded. They are processed again, and may reach the dead-letter queue.',
    mend: 'Catch the error of each message, and return only the failed ones in `batchItemFailures`.',
    withLibrary: 'batchHandler(promiseWorkers({ work })) reports exactly the failed messages.',
  },
  response: {
    title: 'responds in the form that Lambda reads',
    severity: 'error',
    cost: 'Lambda takes an unknown identifier for a failure of the whole batch, and an unknown key for no failure at all.',
    mend: 'Return { batchItemFailures: [{ itemIdentifier }] } with the `messageId` (SQS) or the sequence number (streams).',
    withLibrary: 'batchHandler(promiseWorkers({ work })) makes the response and checks it.',
  },
  limit: {
    title: 'limits the messages in flight',
    severity: 'warning',
    cost: 'A large batch makes as many calls as it has messages. That exhausts sockets, memory or the service behind.',
    mend: 'Process the batch with a limit: `pMap(Records, work, { concurrency: 20 })`.',
    withLibrary: 'promiseWorkers({ work, workers: 20 })',
  },
  awaited: {
    title: 'finishes all work before it responds',
    severity: 'error',
    cost: 'What is left running is frozen after the response. It continues in a later invocation, or never.',
    mend: 'Await every promise. Use `Promise.allSettled` in place of `Promise.all`, which rejects at the first failure.',
    withLibrary: 'batchHandler(promiseWorkers({ work })) responds when all work has ended.',
  },
  leftovers: {
    title: 'leaves no timer or connection behind',
    severity: 'error',
    cost: 'Each batch leaves something active. An environment that lives for hours runs out of memory or descriptors.',
    mend: 'Clear the timer or close the connection in a `finally`, or create it once outside of the handler.',
    withLibrary: 'The library leaves none, but `work` must clear its own.',
  },
  apart: {
    title: 'keeps batches apart',
    severity: 'error',
    cost: 'What one batch leaves in the module changes the response to the next: messages are redelivered or lost.',
    mend: 'Declare the list of failures inside of the handler.',
    withLibrary: 'batchHandler(promiseWorkers({ work })) keeps nothing of a batch.',
  },
  redelivered: {
    title: 'processes a redelivered message again',
    severity: 'error',
    cost: 'A message that failed once is skipped when it is redelivered, and deleted.',
    mend: 'Remember a message as processed after its work, not before, and not in the memory of one environment.',
    withLibrary: 'The library remembers nothing; use the idempotency of Powertools inside of `work`.',
  },
  hang: {
    title: 'responds before its timeout',
    severity: 'warning',
    cost: 'One call that is never answered makes the batch time out: all messages are redelivered, the environment is lost.',
    mend: 'Pass `AbortSignal.timeout(context.getRemainingTimeInMillis() - 500)` to every call.',
    withLibrary: 'promiseWorkers({ work }) stops before the timeout; pass its `signal` to every call.',
  },
  timeout: {
    title: 'recovers from a call that hangs',
    severity: 'error',
    cost: 'What is left of a batch runs on in a later invocation, or its redelivery is not processed.',
    mend: 'Cancel each call when the time is up, by its `signal`, and only then report its message as failed.',
    withLibrary: 'promiseWorkers({ work }) aborts its `signal` before the timeout: pass it to every call.',
  },
  crash: {
    title: 'recovers from a crash',
    severity: 'error',
    cost: 'A batch that is redelivered after a crash is skipped and deleted, or fails again and again.',
    mend: 'Note in /tmp that a message is finished only after its work, and give each lock an end.',
    withLibrary: 'The library writes no files; use the idempotency of Powertools inside of `work`.',
  },
  unreadable: {
    title: 'fails only a message it cannot read',
    severity: 'warning',
    cost: 'One message that cannot be read fails its whole batch until it has reached the dead-letter queue.',
    mend: 'Parse each message inside of the `try` of that message.',
    withLibrary: 'promiseWorkers({ work: checked(schema, work) })',
  },
  order: {
    title: 'keeps the order of each group',
    severity: 'error',
    cost: 'Messages of a group overtake each other: the state that they lead to is wrong.',
    mend: 'Process the messages of a group one after another: `Map.groupBy(Records, …)`, groups in parallel.',
    withLibrary: 'promiseWorkers({ work }) keeps the order within groups and processes groups in parallel.',
  },
  'order-failure': {
    title: 'stops a group at its first failure',
    severity: 'error',
    cost: 'Later messages of a group are processed before the failed one is redelivered.',
    mend: 'After a failure skip the rest of its group, and report the rest as failed too.',
    withLibrary: 'promiseWorkers({ work }) does not start the rest of a group, and reports it.',
  },
  memory: {
    title: 'keeps its memory over many batches',
    severity: 'error',
    cost: 'The environment runs out of memory in the end: a batch fails, and all of it is redelivered.',
    mend: 'Keep nothing of a message in the module, or in a cache with a maximum size.',
    withLibrary: 'The library keeps nothing of a batch, but `work` must not either.',
  },
};
