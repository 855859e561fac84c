import type { KinesisStream } from '@parallel-lambda/event-sources';

import { operationOf, replyAsJson } from '../endpoint/json-protocol.ts';
import { ServiceError, type Service } from '../endpoint/reply.ts';
import type { Fed, StreamSources } from './stream-sources.ts';

interface PutRecord {
  readonly StreamName?: string;
  readonly StreamARN?: string;
  /** Base64. */
  readonly Data: string;
  readonly PartitionKey: string;
}

/**
 * Kinesis, as far as records are put into a stream.
 *
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html
 */
export function kinesisService({ kinesis }: StreamSources): Service {
  return (request) => {
    const operation = operationOf(request);
    const input = JSON.parse(request.body.toString()) as PutRecord & {
      readonly Records?: readonly PutRecord[];
    };
    if (operation === 'ListStreams') {
      replyAsJson(request, { StreamNames: [...kinesis.keys()], HasMoreStreams: false });
      return;
    }
    const feds = find(kinesis, input);
    if (operation === 'PutRecord') replyAsJson(request, { ...put(feds, input), EncryptionType: 'NONE' });
    else if (operation === 'PutRecords') {
      const Records = (input.Records ?? []).map((record) => put(feds, record));
      replyAsJson(request, { FailedRecordCount: 0, Records });
    } else
      throw new ServiceError(400, 'UnknownOperationException', `${operation} of Kinesis is not served here`);
    for (const { wake } of feds) wake();
  };
}

function find(
  streams: StreamSources['kinesis'],
  { StreamName, StreamARN }: Partial<PutRecord>,
): readonly Fed<KinesisStream>[] {
  const name = StreamName ?? StreamARN?.split('/')[1] ?? '';
  const feds = streams.get(name);
  if (feds) return feds;
  const known = [...streams.keys()].join(', ') || 'none';
  throw new ServiceError(400, 'ResourceNotFoundException', `Stream ${name} not found; there is: ${known}`);
}

function put(
  feds: readonly Fed<KinesisStream>[],
  { Data, PartitionKey }: PutRecord,
): { readonly SequenceNumber: string; readonly ShardId: string } {
  const record = { partitionKey: PartitionKey, data: Buffer.from(Data, 'base64') };
  const [SequenceNumber = ''] = feds.map(({ source }) => source.put(record, Date.now()));
  return { SequenceNumber, ShardId: feds[0]?.source.shardIdOf(PartitionKey) ?? '' };
}
