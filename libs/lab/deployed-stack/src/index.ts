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
 *
 * Nothing here is loaded by a command that works on this machine alone.
 */
export { deployedFunctions } from './deployed-functions.ts';
export type { DeployedSource, DeployedStack, DeployedTechnique } from './deployed-stack.ts';
export { openRemoteFunction } from './remote-function.ts';
export { restoreFunctions, tunedFunctions } from './tuning/tuned-functions.ts';
export { findStack, findTechnique } from './deployed-stack.ts';
export { destinationOf } from './send/destination-of.ts';
export { type Destination, type Refused } from './send/destination.ts';
export { QueueDestination } from './send/destinations/queue.ts';
export { StreamDestination } from './send/destinations/stream.ts';
export { TableDestination } from './send/destinations/table.ts';
export { TopicDestination } from './send/destinations/topic.ts';
export { type Sent, sendAll } from './send/send-all.ts';
export { sendBatch } from './send/send-batch.ts';
export { functionMetrics } from './status/function-metrics.ts';
export { StackObserver } from './status/stack-observer.ts';
export { type TechniqueStatus, waitingIn, withoutBacklog } from './status/technique-status.ts';
export { type StatusDisplay, watchUntilDrained } from './status/watch-until-drained.ts';
