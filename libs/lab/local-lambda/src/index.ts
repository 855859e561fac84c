export { LabError, type LabErrorCode } from './lab-error.ts';
export type { EnvironmentSnapshot, EnvironmentState } from './environment-state.ts';
export {
  defaultPerVcpu,
  functionLimits,
  managedInstancesLimits,
  perEnvironmentRange,
} from './function-limits.ts';
export { applyOverrides, isWholeNumber, type FunctionOverrides } from './function-settings.ts';
export type {
  FailedInvocation,
  InvocationError,
  InvocationResult,
  SuccessfulInvocation,
} from './invocation-result.ts';
export type { InvokeOptions } from './invoke-options.ts';
export { LocalFunction, maxEventBytes, type LocalFunctionOptions } from './local-function.ts';
export { functionNotes, isolationNotes } from './function-notes.ts';
export { leakText, resultText } from './invocation-text.ts';
export { installMissingNode, nodeNote } from './find-node.ts';
export { missingModuleHint } from './missing-module.ts';
export type { LogSource } from './log/log-source.ts';
export { readableEntry } from './log/readable-entry.ts';
export type { Leak } from './strict/leak.ts';
export { mbPerVcpu, vcpusOf, type Limit, type Limits } from './sandbox/limits.ts';
export { isolation, type Isolation } from './sandbox/isolation.ts';
export { formatReport, type Report } from './report.ts';
export type { Runtime } from './runtime-client.ts';
export type { FunctionDefinition, ManagedEnvironments } from './function-definition.ts';
export { describeFolder, handlerFile, type FolderOptions } from './describe-folder.ts';
export { region } from './environment-variables.ts';
export { isRecord } from '@parallel-lambda/event-sources/is-record';
export type { InvocableFunction, Invocation } from './invocable-function.ts';
export { checkWritable, openLogFile, readEvent, readText, readTextSync, writeText } from './files.ts';
export { temporaryFolder } from './temporary-folder.ts';
export { codeVersion } from './code-version.ts';
export { packagedFolder } from './packaged-folder.ts';
export { execWrapper } from './layers.ts';
export { findRuntimeModules } from './runtime-modules.ts';
export { parseVariable, readVariables } from './parse-variables.ts';
export { localFunctionOptions, type FunctionOptions } from './function-options.ts';
