/**
 * What is deployed, through AWS's SDK. What of AWS it calls, for whoever stands in for it at `AWS_ENDPOINT_URL`:
 *
 * | command            | service        | action                                                                  |
 * | ------------------ | -------------- | ----------------------------------------------------------------------- |
 * | all                | CloudFormation | DescribeStacks by name: `StackId`, `StackStatus`, `Outputs`; where there |
 * |                    |                | is none, `ValidationError` (Query protocol, XML)                        |
 * | `invoke --remote`  | Lambda         | Invoke, `LogType: Tail` (the `REPORT` line or `platform.report` record) |
 * | `compare --remote` | Lambda         | the same, and GetFunctionConfiguration: `Architectures`, `MemorySize`   |
 * | `tune --remote`    | Lambda         | the same, UpdateFunctionConfiguration (`MemorySize`, `Environment`) and  |
 * |                    |                | ListEventSourceMappings; without the last the outputs tell the source   |
 * | `send`             | SQS            | SendMessageBatch (AWS JSON 1.0, as all of SQS)                          |
 * | `status`           | SQS            | GetQueueAttributes: `ApproximateNumberOfMessages`, `…NotVisible`,        |
 * |                    |                | `…Delayed`                                                              |
 * |                    | CloudWatch     | GetMetricData: `AWS/Lambda` `Invocations`, `Errors`, `Throttles`,        |
 * |                    |                | `Duration` by `FunctionName` (AWS JSON 1.0); an endpoint without         |
 * |                    |                | CloudWatch is told of, and the rest is shown                            |
 * | `redrive`          | SQS            | GetQueueAttributes (`QueueArn` too), ListMessageMoveTasks,               |
 * |                    |                | StartMessageMoveTask; where the endpoint does not know these             |
 * |                    |                | (`InvalidAction`, …): ReceiveMessage, SendMessageBatch,                  |
 * |                    |                | DeleteMessageBatch                                                      |
 *
 * Nothing here is loaded by a command that works on this machine alone.
 */
export { deployedFunctions } from './deployed-functions.ts';
export { findStack } from './deployed-stack.ts';
export type { DeployedSource, DeployedStack, DeployedTechnique } from './deployed-stack.ts';
export { openRemoteFunction } from './remote-function.ts';
export { restoreFunctions, tunedFunctions, type TunedFunctions } from './tuning/tuned-functions.ts';
