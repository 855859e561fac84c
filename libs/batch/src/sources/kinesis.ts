import { describe } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';
import type { Source } from './source.ts';

interface KinesisRecord {
  readonly kinesis?: {
    readonly sequenceNumber?: unknown;
    readonly partitionKey?: unknown;
    readonly data?: unknown;
  } | null;
}

/** With what the Kinesis Producer Library begins a record that holds several: F3 89 9A C2, in base64. */
const aggregated = /^84maw[g-v]/;

/**
 * Kinesis data streams: a lane a partition key. The response names a checkpoint: the first record that did not
 * succeed, which and after which all come again.
 *
 * A record that the Kinesis Producer Library made of several is refused: worked on as one message it would be done
 * wrongly, so it fails, the checkpoint stands before it, and the log says why. Have the producer not aggregate, or
 * de-aggregate before.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export const kinesis: Source = {
  name: 'Kinesis',
  delivers: (eventSource) => eventSource === 'aws:kinesis',
  readHead({ kinesis: data }: KinesisRecord) {
    const id = data?.sequenceNumber;
    if (typeof id !== 'string' || id === '') {
      throw new InvalidEventError(`A Kinesis record must have a sequenceNumber, not ${describe(id)}`);
    }
    const lane = data?.partitionKey;
    if (typeof lane !== 'string') {
      throw new InvalidEventError(`Kinesis record ${id} must have a partitionKey, not ${describe(lane)}`);
    }
    if (typeof data?.data !== 'string') {
      throw new InvalidEventError(
        `Kinesis record ${id} must have data in base64, not ${describe(data?.data)}`,
      );
    }
    return { id, lane };
  },
  content: ({ kinesis: data }: KinesisRecord) => data?.data as string,
  encoding: 'base64',
  refuse: (content) =>
    aggregated.test(content)
      ? 'It is aggregated by the Kinesis Producer Library: de-aggregate it, or have the producer not aggregate'
      : undefined,
  mayRepeat: false,
  checkpoint: true,
  identify: ({ id }) => id,
};
