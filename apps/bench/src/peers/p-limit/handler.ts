import pLimit from 'p-limit';

import { respondTo, type SqsEvent } from '../sqs.ts';

const limit = pLimit(100);

/** The way p-limit's readme has it. */
export function handler(event: SqsEvent): Promise<unknown> {
  return respondTo(event, (records, attempt) => limit.map(records, attempt));
}
