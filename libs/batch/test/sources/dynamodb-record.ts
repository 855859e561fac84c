/** A record of a DynamoDB stream as Lambda delivers it, with what a test wants otherwise of its `dynamodb`. */
export function dynamoDbRecord(
  SequenceNumber: string,
  otherwise: Readonly<Record<string, unknown>> = {},
): object {
  return {
    eventID: '1',
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-2',
    dynamodb: {
      ApproximateCreationDateTime: 1479499740,
      Keys: { Id: { S: `item of ${SequenceNumber}` } },
      NewImage: { Id: { S: `item of ${SequenceNumber}` }, body: { S: `body of ${SequenceNumber}` } },
      SequenceNumber,
      SizeBytes: 26,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      ...otherwise,
    },
    eventSourceARN: 'arn:aws:dynamodb:us-east-2:123456789012:table/orders/stream/2015-06-27T00:48:05.899',
  };
}
