/** Fields of a record that tests choose. The others are as in AWS's example events. */
export interface KinesisRecordFields {
  /** @default '49590338271490256608559692538361571095921575989136588898' */
  readonly sequenceNumber?: string;
  readonly partitionKey: string;
  /** A text is taken as UTF-8. */
  readonly data: string | Uint8Array;
  /** @default 'shardId-000000000000' */
  readonly shardId?: string;
  /** Milliseconds since 1970. @default 1545084650987 */
  readonly arrivedAtMs?: number;
  /** The stream's name. @default 'lab' */
  readonly streamName?: string;
  /** @default that of the stream's name in AWS's example account */
  readonly streamArn?: string;
}

/** A record of a Kinesis event. */
export type KinesisRecord = ReturnType<typeof kinesisRecord>;

/** Event of Lambda for records of a Kinesis stream. */
export interface KinesisEvent {
  readonly Records: readonly KinesisRecord[];
}

/**
 * A record of a Kinesis data stream as Lambda passes it to a function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export function kinesisRecord(fields: KinesisRecordFields) {
  const {
    sequenceNumber = '49590338271490256608559692538361571095921575989136588898',
    shardId = 'shardId-000000000000',
    streamArn = `arn:aws:kinesis:us-east-1:123456789012:stream/${fields.streamName ?? 'lab'}`,
  } = fields;
  const [, , , region = '', account = ''] = streamArn.split(':');
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: fields.partitionKey,
      sequenceNumber,
      data: Buffer.from(fields.data).toString('base64'),
      approximateArrivalTimestamp: (fields.arrivedAtMs ?? 1545084650987) / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: `arn:aws:iam::${account}:role/lambda-role`,
    awsRegion: region,
    eventSourceARN: streamArn,
  };
}
