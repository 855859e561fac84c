import type { InvocationResult } from '@parallel-lambda/local-lambda';

import { failedIds } from './failed-ids.ts';
import type { LaneMessage, SourceUnderTest } from './sources-under-test.ts';

/**
 * Returns the names of the messages that a response redelivers, sorted, because Kafka's have another order.
 *
 * @throws when there was no response, or it names what is not of the batch
 */
export function namedAgain(
  source: SourceUnderTest,
  messages: readonly LaneMessage[],
  result: InvocationResult,
): readonly string[] {
  const byIdentifier = new Map(
    source.identifiersOf(messages).map((id, index) => [JSON.stringify(id), messages[index]?.name]),
  );
  const names = failedIds(result).map((id) => {
    const name = byIdentifier.get(JSON.stringify(id));
    if (name === undefined) throw new Error(`The response names ${JSON.stringify(id)}`);
    return name;
  });
  return names.sort();
}
