/** Where messages come from: an SQS queue, an SQS FIFO queue, a Kinesis stream, a DynamoDB table's stream, a Kafka topic. */
export const sourceNames = ['sqs', 'fifo', 'kinesis', 'dynamodb', 'kafka'] as const;

/** One of them, as `--context source=…` names it. */
export type SourceName = (typeof sourceNames)[number];
