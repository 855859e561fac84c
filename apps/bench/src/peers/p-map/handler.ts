import pMap from 'p-map';

import { respondTo, type SqsEvent } from '../sqs.ts';

/** p-map as in its readme. */
export function handler(event: SqsEvent): Promise<unknown> {
  return respondTo(event, (records, attempt) => pMap(records, attempt, { concurrency: 100 }));
}
