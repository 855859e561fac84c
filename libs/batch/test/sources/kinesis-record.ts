/** A record of a Kinesis data stream as Lambda delivers it, with what a test wants otherwise of its `kinesis`. */
export function kinesisRecord(
  sequenceNumber: string,
  otherwise: Readonly<Record<string, unknown>> = {},
): object {
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: `key of ${sequenceNumber}`,
      sequenceNumber,
      data: Buffer.from(`data of ${sequenceNumber}`).toString('base64'),
      approximateArrivalTimestamp: 1545084650.987,
      ...otherwise,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000006:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
    awsRegion: 'us-east-2',
    eventSourceARN: 'arn:aws:kinesis:us-east-2:123456789012:stream/orders',
  };
}
