/** Outputs of the default stack, in no order, as CloudFormation returns them. */
export const outputs = {
  WorkerThreadsFunctionName: 'ParallelLambda-workerthreadsFunction0EF0E4E9-x8Qa2',
  PromisesDeadLetterQueueUrl:
    'https://sqs.eu-central-1.amazonaws.com/123456789012/ParallelLambda-promisesDead-9fR',
  PromisesFunctionName: 'ParallelLambda-promisesFunction7B7F5C1A-Zk3c1',
  PromisesQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/ParallelLambda-promisesQueue-0aB',
  WorkerThreadsQueueUrl:
    'https://sqs.eu-central-1.amazonaws.com/123456789012/ParallelLambda-workerthreadsQueue-1cD',
} as const;
