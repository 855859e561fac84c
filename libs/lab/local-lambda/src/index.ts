export { checkAssembly } from './assembly/check-assembly.ts';
export { LocalLambdaError, type LocalLambdaErrorCode } from './errors.ts';
export type { EnvironmentSnapshot, EnvironmentState } from './environment-state.ts';
export type { FunctionDefinition } from './assembly/function-definition.ts';
export type { FunctionOverrides } from './function-settings.ts';
export type {
  FailedInvocation,
  InvocationError,
  InvocationResult,
  SuccessfulInvocation,
} from './invocation-result.ts';
export {
  LocalFunction,
  longestEvent,
  type InvokeOptions,
  type LocalFunctionOptions,
} from './local-function.ts';
export { findFunction, readAssembly, type Assembly } from './assembly/read-assembly.ts';
export type { SkippedFunction } from './assembly/read-function.ts';
export { readableEntry } from './log/readable-entry.ts';
export type { Leak } from './strict/leak.ts';
export { mbOfVcpu, type Limit, type Limits } from './sandbox/limits.ts';
export { ownTmp, type OwnTmp } from './sandbox/own-tmp.ts';
export { formatReport, type Report } from './report.ts';
export type { Runtime } from './runtime-client.ts';
export type { MappedSource, MappingDefinition } from './stack/mapping-definition.ts';
export { account } from './stack/names.ts';
export type { QueueDefinition } from './stack/queue-definition.ts';
export {
  queueUrl,
  readStacks,
  type PassedOver,
  type Stack,
  type StacksOfAssembly,
} from './stack/read-stacks.ts';
export type { StreamDefinition, TableDefinition } from './stack/stream-definition.ts';
