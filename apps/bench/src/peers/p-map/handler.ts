import pMap from 'p-map';

import { respondTo, type SqsEvent } from '../sqs.ts';

/** The way p-map's readme has it. */
export function handler(event: SqsEvent): Promise<unknown> {
  return respondTo(event, (records, attempt) => pMap(records, attempt, { concurrency: 100 }));
}
