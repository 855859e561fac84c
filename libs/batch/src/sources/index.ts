import type { Source } from './source.ts';
import { sqsFifo } from './sqs-fifo.ts';
import { sqs } from './sqs.ts';

/** Every source that batches may come from. A new source is a file beside this one and a name in this list. */
export const sources: readonly Source[] = [sqs, sqsFifo];
