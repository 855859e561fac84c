/**
 * Outputs of a stack about a technique: an output's key is the technique in Pascal case and one of these, such as
 * `WorkerThreadsQueueUrl`. One that ends like another precedes it.
 */
export const outputParts = [
  'FunctionName',
  'DeadLetterQueueUrl',
  'ParkingQueueUrl',
  'QueueUrl',
  'StreamName',
  'TableName',
  'ConsumerGroup',
  'Topic',
  'TopicArn',
] as const;

export type OutputPart = (typeof outputParts)[number];
