import type { Message } from '@parallel-lambda/batch';
import { kinesisRecord } from '@parallel-lambda/event-sources';

import work from './work.ts';

/** Creates a batch of a shard, of records with a key and a text; their sequence numbers are 1, 2, 3, … */
export function shard(...records: readonly (readonly [partitionKey: string, text: string])[]) {
  return {
    Records: records.map(([partitionKey, text], index) =>
      kinesisRecord({
        sequenceNumber: String(index + 1),
        partitionKey,
        data: text,
      }),
    ),
  };
}

/** Records which messages are processed, in their order. */
export function recorded(does: (message: Message) => unknown = work) {
  const order: string[] = [];
  const run = (message: Message): unknown => {
    order.push(message.text);
    return does(message);
  };
  return { order, run };
}
