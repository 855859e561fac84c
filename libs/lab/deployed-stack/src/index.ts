/**
 * Works with a deployed stack through the AWS SDK. `AWS_ENDPOINT_URL` replaces AWS; an emulator needs these actions:
 *
 * | command            | service        | actions                                                                          |
 * | ------------------ | -------------- | -------------------------------------------------------------------------------- |
 * | all                | CloudFormation | DescribeStacks by name: `StackId`, `StackStatus`, `Outputs`; `ValidationError`    |
 * |                    |                | for a stack that does not exist (Query protocol, XML)                             |
 * | `invoke --remote`  | Lambda         | Invoke, `LogType: Tail` (the `REPORT` line or `platform.report` record)           |
 * | `compare --remote` | Lambda         | Invoke, GetFunctionConfiguration: `Architectures`, `MemorySize`                   |
 * | `tune --remote`    | Lambda         | the same, UpdateFunctionConfiguration (`MemorySize`, `Environment`) and           |
 * |                    |                | ListEventSourceMappings (optional)                                                |
 * | `send`             | SQS            | SendMessageBatch (AWS JSON 1.0, as all of SQS)                                    |
 * |                    | Kinesis        | PutRecords                                                                        |
 * |                    | DynamoDB       | BatchWriteItem, DescribeTable (optional)                                          |
 * |                    | SNS            | PublishBatch                                                                      |
 * | `status`           | SQS            | GetQueueAttributes: `ApproximateNumberOfMessages`, `…NotVisible`, `…Delayed`      |
 * |                    | CloudWatch     | GetMetricData (optional): `AWS/Lambda` by `FunctionName` (AWS JSON 1.0)           |
 *
 * Commands that run on this machine do not load it.
 */
export { awsCredentials } from './aws-credentials.ts';
export { openDeployedFunction } from './deployed-function.ts';
export { deployedFunctions } from './deployed-functions.ts';
export { sendMessages, type SendOptions, type SendResult } from './send/send-messages.ts';
export { countsText, statusNotes, statusTable } from './status/status-table.ts';
export { readStatus, watchStatus, type StackStatus, type StatusOptions } from './status/status.ts';
export {
  restoredText,
  restoreFunctions,
  tunedFunctions,
  type TuningListener,
} from './tuning/tuned-functions.ts';
