import type { KinesisStream } from '@parallel-lambda/event-sources';

import type { Input } from '../endpoint/input.ts';
import { jsonService } from '../endpoint/json-service.ts';
import { ServiceError, type Service } from '../endpoint/reply.ts';
import type { Fed, StreamSources } from './stream-sources.ts';

/**
 * Kinesis, as far as records are put into a stream.
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export function kinesisService({ kinesis }: StreamSources): Service {
  return jsonService({
    ListStreams: () => ({ StreamNames: [...kinesis.keys()], HasMoreStreams: false }),
    PutRecord: (input) => {
      const [put = {}] = putAll(find(kinesis, input), [input]);
      return { ...put, EncryptionType: 'NONE' };
    },
    PutRecords: (input) => {
      const Records = putAll(find(kinesis, input), input.objects('Records'));
      return { FailedRecordCount: 0, Records };
    },
  });
}

function find(streams: StreamSources['kinesis'], input: Input): readonly Fed<KinesisStream>[] {
  const name = input.optionalText('StreamName') ?? input.text('StreamARN').split('/')[1] ?? '';
  const feds = streams.get(name);
  if (feds) return feds;
  const known = [...streams.keys()].join(', ') || 'none';
  throw new ServiceError(
    400,
    'ResourceNotFoundException',
    `Stream ${name} not found. Available streams: ${known}`,
  );
}

/** All of them are read before one is put. */
function putAll(
  feds: readonly Fed<KinesisStream>[],
  records: readonly Input[],
): readonly { readonly SequenceNumber: string; readonly ShardId: string }[] {
  const read = records.map((record) => ({
    partitionKey: record.text('PartitionKey'),
    data: Buffer.from(record.text('Data'), 'base64'),
  }));
  const answers = read.map((record) => {
    const [SequenceNumber = ''] = feds.map(({ source }) => source.put(record, Date.now()));
    return { SequenceNumber, ShardId: feds[0]?.source.shardIdOf(record.partitionKey) ?? '' };
  });
  for (const { wake } of feds) wake();
  return answers;
}
