import * as Effect from 'effect/Effect';

import { workOn, type SqsEvent } from '../sqs.ts';

/** Effect as in its documentation: one Effect per message, bounded concurrency, errors as values. */
export function handler({ Records: records }: SqsEvent): Promise<unknown> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const workOnAll = Effect.forEach(
    records,
    (record) =>
      Effect.tryPromise(() => workOn(record)).pipe(
        Effect.catch(() => Effect.sync(() => batchItemFailures.push({ itemIdentifier: record.messageId }))),
      ),
    { concurrency: 100, discard: true },
  );
  return Effect.runPromise(workOnAll.pipe(Effect.as({ batchItemFailures })));
}
